export interface GraphAnswer {
  readonly status: number;
  // What came back is looked at by the tests, field by field.
  readonly data: any;
  readonly errors: readonly { message: string; path?: readonly unknown[]; extensions: { code: string } }[];
  readonly text: string;
}

/** Asks the graph as a demo person; null is somebody who sends no token. */
export type Ask = (person: string | null, query: string, variables?: Record<string, unknown>) => Promise<GraphAnswer>;

/** A demo person's token; `form` asks for another audience or lifetime. */
export type GetToken = (person: string, form?: Record<string, string>) => Promise<string>;

/** Sends one request with this token and reads whatever comes back. */
export async function askGraph(
  url: string,
  token: string | null,
  body: { query: string; variables?: Record<string, unknown> },
): Promise<GraphAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token !== null && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const { data = null, errors = [] } = JSON.parse(text) as Partial<GraphAnswer>;
  return { status: response.status, data, errors, text };
}

/** The demo people of one issuer at one hub, each signed in once. */
export function demoPeople(hub: string, issuer: string): { ask: Ask; token: GetToken } {
  const tokens = new Map<string, string>();
  const token: GetToken = async (person, form = {}) => {
    const body = new URLSearchParams({ grant_type: "password", username: person, password: "demo", ...form });
    const response = await fetch(`${issuer}/token`, { method: "POST", body });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  return {
    token,
    async ask(person, query, variables = {}) {
      if (person !== null && !tokens.has(person)) tokens.set(person, await token(person));
      return askGraph(hub, person === null ? null : (tokens.get(person) ?? null), { query, variables });
    },
  };
}
