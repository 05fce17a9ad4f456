// What fields cost, in units of one field read from memory: the hub's price list. A field not named here costs what its kind does. A
// test holds every name here to the schema.

/** A field without fields of its own; one with them; one behind which an agency or many rows are asked. */
export const SCALAR = 1;
export const OBJECT = 2;

/** How many are expected of a list whose length nobody states. */
export const USUAL_LENGTH = 10;

/** A question about the schema is answered from memory, and large whatever it names. */
export const SCHEMA = 500;

/** By `Type.field`. Agencies' systems are asked once for each child, whatever is wanted of it, so each of a child's parts costs alike. */
export const WEIGHTS: Readonly<Record<string, number>> = {
  "Query.childByIdentifier": 100,
  "Query.findChildren": 200,
  "Query.agencies": 50,
  "Query.hubStatus": 50,
  "Query.identityBlastRadius": 200,
  "Query.escalationCounts": 200,
  "Query.overdueByTeam": 200,
  "Query.identityBacklog": 100,
  "Query.identityReviewers": 100,
  "Child.agencies": 20,
  "Child.demographics": 20,
  "Child.involvements": 20,
  "Child.chronology": 20,
  "Child.family": 40,
  "Child.genogram": 60,
  "Child.obligations": 10,
  "Child.escalations": 10,
  "Child.records": 5,
};

/** Lists whose length the hub knows better. */
export const LENGTHS: Readonly<Record<string, number>> = {
  "Child.agencies": 4,
  "AgencyAnswer.parts": 5,
  "Query.agencies": 4,
};

/** What looks for children: limited more strictly than asking about one who is known. */
export const SEARCHES: ReadonlySet<string> = new Set(["Query.findChildren", "Query.childByIdentifier"]);

/** Whoever does this is refused nothing for its rate for an hour. */
export const BREAKS_GLASS = "Mutation.breakGlass";

/** What is done where a child is at immediate risk. No rate refuses it: it is counted, and told. */
export const URGENT: ReadonlySet<string> = new Set([
  BREAKS_GLASS,
  "Mutation.submitReferral",
  "Mutation.declareImmediateRisk",
]);
