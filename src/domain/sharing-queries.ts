// Who may send the graph a document of their own, and look at its schema. Everybody else asks with documents that the hub trusts. Part
// of the one place that decides: see `sharing.ts`.

import type { Actor, Role } from "./actor.ts";
import { no, type Ruling, yes } from "./sharing.ts";

/** Whose work it is to write queries. It opens no child to them: what a query shows is decided for what it asks for. */
const WRITE: ReadonlySet<Role> = new Set(["AGENCY_DEVELOPER"]);

const ruled = ({ role }: Actor, what: string): Ruling =>
  role !== null && WRITE.has(role) ? yes("writes-queries", "your role writes queries") : no("writes-no-queries", what);

/** Whether somebody may send a document that the hub does not know. */
export const mayWriteQueries = (actor: Actor): Ruling =>
  ruled(actor, "your role asks with documents that the hub knows: send the documentId of one of them");

/** Whether somebody may look at the schema, and be helped to words of it that they nearly hit. */
export const mayExploreSchema = (actor: Actor): Ruling => ruled(actor, "the schema is shown to agency developers only");
