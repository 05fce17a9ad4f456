// What belongs to others, asked for by its real id: every mutation of the schema, by somebody who has no role here and by somebody
// whose role it is not. Nothing may change, and nothing may be told.

import { beforeAll, describe, expect, it } from "vitest";
import { readOperations } from "../../src/resolvers/operations.ts";
import { NHS } from "../support/demo-records.ts";
import { everythingInTables } from "../support/dump.ts";
import { fill, type Generated } from "./generated.ts";
import { type AttackWorld, inTurns } from "./world.ts";

const shipped = (name: string) => readOperations().find((operation) => operation.name === name)!.document;

/** The hub's own books: that somebody tried is written there. */
const BOOKS = /^(audit|worker_seen|session|sign_in|heartbeat|child_access_refused|queue|bullmq|job)/;
/** What somebody with a role may do for themselves, or for any child they worry about: none of it touches what is another's. */
const OWN_ACTS =
  /^(submitReferral|raiseEscalation|setPreference|askForIdentityReview|breakGlass|askForAccess|requestAccess|endMySessions|endSession)/;
const REFUSED = /^(NOT_ALLOWED|NOT_FOUND|BAD_INPUT|BAD_USER_INPUT|CONFLICT|WRONG_STEP|INCOMPLETE)$/;

interface Held {
  readonly table: string;
  readonly id: string;
}

async function held(world: AttackWorld): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  for (const line of await everythingInTables(world.open.hub.db)) {
    const table = line.slice(0, line.indexOf(" "));
    if (BOOKS.test(table)) continue;
    const { id } = JSON.parse(line.slice(table.length + 1)) as { id?: string };
    rows.set(id ? `${table} ${id}` : line, line);
  }
  return rows;
}

/** What mutations name by their ids. */
const THINGS = /^(person|referral|obligation|escalation|webhook|post|message|step|identity_review)$/;

/** One thing of each kind that somebody else has. */
const samples = (rows: Iterable<string>): Held[] => {
  const found = new Map<string, Held>();
  for (const key of rows) {
    const [table = "", id = ""] = key.split(" ");
    if (THINGS.test(table) && /^[\da-f]{8}-[\da-f-]{27}$/.test(id)) found.set(table, { table, id });
  }
  return [...found.values()];
};

export function others(world: () => AttackWorld): void {
  describe("what is another's", () => {
    let things: Held[];
    beforeAll(async () => {
      const referral = {
        key: "attack-referral-1",
        identifier: { kind: "NHS_NUMBER", value: NHS },
        concern: "Something that a teacher saw.",
        level: "level-4",
        immediateDanger: false,
      };
      const made = await world().as("teacher", shipped("submit-referral"), { referral });
      expect(made.errors).toEqual([]);
      await world().as("agency-developer", shipped("register-webhook"), { url: "https://example.org/hub" });
      const child = await world().as("social-worker", shipped("find-child"), { kind: "NHS_NUMBER", value: NHS });
      expect(child.errors).toEqual([]);
      things = samples((await held(world())).keys());
      expect(things.map(({ table }) => table)).toEqual(expect.arrayContaining(["referral", "person", "webhook"]));
    });

    const each = (operations: readonly Generated[]) =>
      operations.flatMap((operation) =>
        // Without an id of anything, one attempt says all.
        (/ID/.test(operation.document) || operation.args.length > 0 ? things : things.slice(0, 1)).map(
          (thing) => [operation, thing] as const,
        ),
      );
    const mutations = () => world().operations.filter(({ kind }) => kind === "mutation");

    it("is changed by nobody who has no role, whatever they name", async () => {
      const before = await held(world());
      const done: string[] = [];
      await inTurns(each(mutations()), async ([operation, { table, id }]) => {
        const { variables } = fill(operation, { text: (_, type) => (type === "ID" ? id : undefined) });
        const { status, data, errors } = await world().as("nobody", operation.document, variables);
        const code = errors[0]?.extensions.code ?? "none";
        if (status >= 500 || data !== null || !REFUSED.test(code)) done.push(`${operation.name} of ${table}: ${code}`);
      });
      expect(done).toEqual([]);
      expect([...(await held(world())).values()]).toEqual([...before.values()]);
    });

    it("is changed by no health visitor whose it is not", async () => {
      const before = await held(world());
      const done: string[] = [];
      await inTurns(each(mutations()), async ([operation, { table, id }]) => {
        const { variables } = fill(operation, { text: (_, type) => (type === "ID" ? id : undefined) });
        const { status, data, errors } = await world().as("health-visitor", operation.document, variables);
        const code = errors[0]?.extensions.code ?? "none";
        if (OWN_ACTS.test(operation.name) && status < 500 && code !== "FAULT") return;
        if (status >= 500 || data !== null || !REFUSED.test(code)) done.push(`${operation.name} of ${table}: ${code}`);
      });
      expect(done).toEqual([]);
      const after = await held(world());
      const touched = [...before].filter(([key, line]) => after.get(key) !== line).map(([key]) => key);
      expect(touched).toEqual([]);
    });

    it("is told to nobody who has no role", async () => {
      const told: string[] = [];
      await inTurns(
        each(world().operations.filter(({ kind }) => kind === "query")),
        async ([operation, { table, id }]) => {
          const { variables } = fill(operation, { text: (_, type) => (type === "ID" ? id : undefined) });
          const { data, errors } = await world().as("nobody", operation.document, variables);
          const isRefused = errors.length > 0 && REFUSED.test(errors[0]!.extensions.code);
          const isPublic = PUBLIC.test(operation.name);
          if (!isPublic && !(isRefused && (data === null || Object.values(data).every((value) => value === null))))
            told.push(`${operation.name} of ${table}: ${JSON.stringify(data).slice(0, 80)}`);
        },
      );
      expect(told).toEqual([]);
    });
  });
}

/** What says nothing about anybody else: who one is, what the law counts, what is one's own. */
const PUBLIC = /^(me|deadline|clockRules|agencies|myPreference|mySessions)$/;
