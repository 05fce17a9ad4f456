/** What every server is asked: nine leaf fields of each agency's answer, so 37 of a child and 3 700 of a hundred. */
const AGENCIES = `
  agencies {
    agency { name }
    status
    involvements { role practitioner }
    states { kind fromOn }
    events { kind on summary }
  }`;

export const ONE = `query One($id: ID!) { child(id: $id) { id ${AGENCIES} } }`;
export const LIST = `query List($ids: [ID!]!) { children(ids: $ids) { id ${AGENCIES} } }`;

/** Who is measured beside the hub, the reference first. */
export const PEERS = ["graphql-js", "Apollo Server", "Yoga", "Mercurius"] as const;
export type Peer = (typeof PEERS)[number];
