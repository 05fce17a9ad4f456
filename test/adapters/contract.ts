// What every agency's system must do behind the port. A new adapter's test file is one call to this, over its own simulator.

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AgencyFault } from "../../src/adapters/agency-fault.ts";
import type { AgencySystem, Answer, Call, PersonSearch } from "../../src/adapters/agency-system.ts";
import { PARTS, type FaultCode, type Part } from "../../src/domain/absence.ts";

/** A system with something behind it, and the means to make that something fail. */
export interface ContractWorld {
  readonly system: AgencySystem;
  /** A record with at least one item in each of `has`. */
  readonly known: { readonly recordId: string; readonly has: readonly Part[] };
  /** Further records, so that batches can be asked for; at least ten. */
  readonly others: readonly string[];
  /** A record that the agency marks as restricted, and text that must then not appear in any answer. */
  readonly restricted: { readonly recordId: string; readonly hidden: readonly string[] } | null;
  /** A search that finds `known`, and one that finds nobody. */
  readonly finds: PersonSearch;
  readonly findsNobody: PersonSearch;
  /** Personal data of `known`, which no fault may repeat. */
  readonly personal: readonly string[];
  /** Makes every request fail until `heal`. Only the modes the protocol has. */
  readonly fail: Partial<Record<"hang" | "refuse" | "busy" | "malformed" | "unauthorised", () => Promise<void>>>;
  heal(): Promise<void>;
  /** How many requests (or SQL statements) reached the system since the last call of this. */
  countRequests(): Promise<number>;
  /** The longest an answer may take, in milliseconds: the lane's limit and a little. */
  readonly limitMs: number;
  close(): Promise<void>;
}

const EXPECTED: Record<keyof ContractWorld["fail"], readonly FaultCode[]> = {
  hang: ["TIMEOUT", "UNAVAILABLE", "CIRCUIT_OPEN"],
  refuse: ["UNAVAILABLE", "CIRCUIT_OPEN"],
  busy: ["THROTTLED", "UNAVAILABLE", "CIRCUIT_OPEN"],
  malformed: ["MALFORMED"],
  unauthorised: ["AUTH", "FORBIDDEN"],
};

export const call = (signal: AbortSignal = AbortSignal.timeout(10_000)): Call => ({
  signal,
  correlationId: "00000000-0000-4000-8000-000000000001",
  purpose: "children-act-1989-s17",
});

const partsOf = ({ demographics, relationships, involvements, states, events }: Answer) => ({
  DEMOGRAPHICS: demographics,
  RELATIONSHIPS: relationships,
  INVOLVEMENTS: involvements,
  STATES: states,
  EVENTS: events,
});

/** The suite. `make` starts what the system needs; `close` stops it. */
export function describeAgencySystem(name: string, make: () => Promise<ContractWorld>): void {
  describe(`${name} keeps the port's contract`, () => {
    let world: ContractWorld;
    beforeAll(async () => {
      world = await make();
    });
    afterEach(() => world.heal());
    afterAll(() => world.close());

    const ask = (recordIds: readonly string[], parts: readonly Part[] = PARTS) =>
      world.system.ask({ recordIds, parts }, call());

    it("says what is recorded, each item with its source", async () => {
      const [answer] = await ask([world.known.recordId]);
      const parts = partsOf(answer!);
      for (const part of world.known.has) expect(parts[part], part).toMatchObject({ status: "RECORDED" });
      for (const part of Object.values(parts))
        if ("items" in part)
          for (const item of part.items) expect(item.provenance.recordId, item.provenance.system).not.toBe("");
    });

    it("answers once for each record asked for, known or not", async () => {
      const asked = [world.known.recordId, ...world.others.slice(0, 3), "no-such-record"];
      const answers = await ask(asked);
      expect(answers.map(({ recordId }) => recordId).sort()).toEqual([...asked].sort());
    });

    it("says that nothing is recorded of a record it does not have", async () => {
      const [answer] = await ask(["no-such-record"]);
      for (const [part, said] of Object.entries(partsOf(answer!))) expect(said.status, part).toBe("NOTHING_RECORDED");
    });

    it("leaves alone what was not asked", async () => {
      const [answer] = await ask([world.known.recordId], ["INVOLVEMENTS"]);
      const { INVOLVEMENTS, ...rest } = partsOf(answer!);
      expect(INVOLVEMENTS.status).not.toBe("NOT_ASKED");
      for (const [part, said] of Object.entries(rest)) expect(said.status, part).toBe("NOT_ASKED");
    });

    it("gives a record in a batch what it gives it alone", async () => {
      const [alone] = await ask([world.known.recordId], ["STATES", "EVENTS"]);
      const together = await ask([...world.others, world.known.recordId], ["STATES", "EVENTS"]);
      // A batch may be too large to find out about restrictions; what is said of the child is the same.
      const same = together.find(({ recordId }) => recordId === world.known.recordId);
      expect(partsOf(same!)).toEqual(partsOf(alone!));
    });

    it("does not ask once for each child what the protocol lets it ask at once", async () => {
      await world.countRequests();
      await ask([world.known.recordId], ["STATES"]);
      const one = await world.countRequests();
      await ask([world.known.recordId, ...world.others], ["STATES"]);
      const many = await world.countRequests();
      expect(many).toBeLessThan(Math.max(one, 1) * (world.others.length + 1));
    });

    it("asks nothing of the system when nobody is asked about", async () => {
      await world.countRequests();
      expect(await ask([])).toEqual([]);
      expect(await world.countRequests()).toBe(0);
    });

    it("withholds what is restricted and says so", async ({ skip }) => {
      if (!world.restricted) return skip(`${name} marks no records as restricted`);
      const [answer] = await ask([world.restricted.recordId]);
      expect(answer!.restricted).toBe(true);
      expect(Object.values(partsOf(answer!)).map(({ status }) => status)).toContain("WITHHELD");
      for (const text of world.restricted.hidden) expect(JSON.stringify(answer)).not.toContain(text);
    });

    it("finds the person, and nobody where there is nobody", async () => {
      const found = await world.system.find(world.finds, call());
      expect(found.map(({ recordId }) => recordId)).toContain(world.known.recordId);
      expect(await world.system.find(world.findsNobody, call())).toEqual([]);
    });

    it("tells of every record through its changes, and of none twice when nothing changed", async () => {
      const seen = new Set<string>();
      let cursor: string | null = null;
      for (let more = true; more;) {
        const page = await world.system.changes(cursor, call());
        for (const { recordId } of page.changed) seen.add(recordId);
        ({ cursor, more } = page);
      }
      expect([...seen]).toEqual(expect.arrayContaining([world.known.recordId, ...world.others]));
      expect(await world.system.changes(cursor, call())).toMatchObject({ changed: [], more: false });
    });

    it("is well", async () => {
      await expect(world.system.check(call())).resolves.toBeUndefined();
    });

    it("is left at once when the caller goes away", async () => {
      const gone = new AbortController();
      gone.abort();
      const [answer] = await world.system.ask(
        { recordIds: [world.known.recordId], parts: ["STATES"] },
        call(gone.signal),
      );
      expect(answer!.states).toMatchObject({ status: "DID_NOT_ANSWER", fault: "CANCELLED" });
    });

    for (const mode of Object.keys(EXPECTED) as (keyof typeof EXPECTED)[]) {
      it(`says that it did not answer when requests ${mode}`, async ({ skip }) => {
        const fail = world.fail[mode];
        if (!fail) return skip(`${name} cannot fail this way`);
        await fail();
        const [answer] = await ask([world.known.recordId]);
        for (const part of world.known.has) {
          const said = partsOf(answer!)[part];
          expect(said, part).toMatchObject({ status: "DID_NOT_ANSWER" });
          if (said.status === "DID_NOT_ANSWER") {
            expect(EXPECTED[mode]).toContain(said.fault);
            for (const text of world.personal) expect(said.reason).not.toContain(text);
          }
        }
        const thrown = await world.system.find(world.finds, call()).catch((error: unknown) => error);
        expect(thrown).toBeInstanceOf(AgencyFault);
        for (const text of world.personal) expect(String(thrown)).not.toContain(text);
      });
    }

    it("answers within its limit when the system hangs", async ({ skip }) => {
      if (!world.fail.hang) return skip(`${name} cannot hang`);
      await world.fail.hang();
      const limit = AbortSignal.timeout(world.limitMs);
      await ask([world.known.recordId], ["STATES"]);
      expect(limit.aborted).toBe(false);
    });

    it("finds nothing of what it was told to let go of, told once or twice", async ({ skip }) => {
      const { system, known, finds } = world;
      if (!system.forget) return skip(`${name} keeps nothing`);
      await system.forget([known.recordId, "no-such-record"]);
      await system.forget([known.recordId]);
      expect((await system.find(finds, call())).map(({ recordId }) => recordId)).not.toContain(known.recordId);
    });
  });
}
