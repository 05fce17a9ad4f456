// Demo people. None of them exists; each stands for one way of working with the hub, so that every door can be tried.

/** Somebody who can sign in at the demo issuer. Role and agency are the hub's own words and travel as claims. */
export interface DemoPerson {
  /** What one types as the user name: `teacher`. */
  readonly key: string;
  readonly name: string;
  /** Null for somebody who has no business with the hub. */
  readonly hub_role: string | null;
  readonly hub_agency: string | null;
  /** Where they live, invented as all of it is; the teacher is a neighbour of the demo family. Null where their sign-in does not say. */
  readonly postcode: string | null;
  /** One sentence for whoever has to choose. */
  readonly description: string;
}

const person = (key: string, name: string, rest: Omit<DemoPerson, "key" | "name">): DemoPerson => ({
  key,
  name,
  ...rest,
});

/** Everybody the demo issuer knows, in the order in which they are offered. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person("teacher", "Priya Tennant", {
    hub_role: "TEACHER",
    hub_agency: "larch-hill-primary",
    postcode: "OX99 9ZZ",
    description: "Designated safeguarding lead at Larch Hill Primary; notices first and refers.",
  }),
  person("health-visitor", "Bronwen Adair", {
    hub_role: "HEALTH_VISITOR",
    hub_agency: "community-health",
    postcode: "OX99 2HV",
    description: "Health visitor; sees babies and young children at home.",
  }),
  person("police-officer", "Callum Rowe", {
    hub_role: "POLICE_OFFICER",
    hub_agency: "police",
    postcode: "OX99 3PO",
    description: "Police officer in the child abuse investigation team.",
  }),
  person("social-worker", "Hannah Osei", {
    hub_role: "SOCIAL_WORKER",
    hub_agency: "social-care",
    postcode: "OX99 2MS",
    description: "Social worker in the assessment team; holds cases.",
  }),
  person("mash-manager", "Graham Pell", {
    hub_role: "MASH_MANAGER",
    hub_agency: "social-care",
    postcode: "OX99 2MM",
    description: "Manager of the multi-agency safeguarding hub's front door; decides on referrals.",
  }),
  person("conference-chair", "Ruth Castellan", {
    hub_role: "CONFERENCE_CHAIR",
    hub_agency: "social-care",
    postcode: "OX99 1CC",
    description: "Chairs child protection conferences, independent of the case.",
  }),
  person("board-manager", "Imogen Farrow", {
    hub_role: "BOARD_MANAGER",
    hub_agency: "partnership",
    postcode: "OX99 1BM",
    description: "Runs the partnership's business unit: Section 11 rounds and board reports, no children's names.",
  }),
  person("data-protection-officer", "Tomasz Whitlock", {
    hub_role: "DATA_PROTECTION_OFFICER",
    hub_agency: "partnership",
    postcode: "OX99 1DC",
    description: "Asks who saw what, under which power and why.",
  }),
  person("agency-developer", "Sunil March", {
    hub_role: "AGENCY_DEVELOPER",
    hub_agency: "community-health",
    postcode: "OX99 1AK",
    description: "Connects an agency's system to the hub; needs the schema, not the children.",
  }),
  person("identity-reviewer", "Dilys Penrose", {
    hub_role: "IDENTITY_REVIEWER",
    hub_agency: "partnership",
    postcode: "OX99 3RV",
    description: "Decides whether two records are one child, where the hub will not.",
  }),
  person("second-reviewer", "Omar Haddon", {
    hub_role: "IDENTITY_REVIEWER",
    hub_agency: "partnership",
    postcode: "OX99 3KR",
    description: "The other of the two who decide on possible twins and on numbers that contradict each other.",
  }),
  person("sealed-records-officer", "Petra Lindqvist", {
    hub_role: "SEALED_RECORDS_OFFICER",
    hub_agency: "social-care",
    postcode: "OX99 4MF",
    description: "The one who may know of sealed records: adoption, gender recognition, protected identity.",
  }),
  person("nobody", "Alex Noone", {
    hub_role: null,
    hub_agency: null,
    postcode: null,
    description: "Signs in correctly and has no business here: everything is refused.",
  }),
];

/** The person of that key, or null: whatever came over the wire may be asked for. */
export function findPerson(key: unknown): DemoPerson | null {
  return DEMO_PEOPLE.find((person) => person.key === key) ?? null;
}

/** What the issuer answers to a name it does not know: all names it does, because nothing here is secret. */
export const WHO_THERE_IS = `There is no such demo person; there are ${DEMO_PEOPLE.map(({ key }) => key).join(", ")}`;

/** The claims that say who somebody is. What somebody has not is left out, not null. */
export function claimsOf({ key, name, hub_role, hub_agency, postcode }: DemoPerson): Record<string, unknown> {
  return {
    sub: `demo|${key}`,
    name,
    ...(hub_role === null ? {} : { hub_role }),
    ...(hub_agency === null ? {} : { hub_agency }),
    ...(postcode === null ? {} : { address: { postal_code: postcode } }),
  };
}
