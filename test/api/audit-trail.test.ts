// What a request reads is on record before its answer leaves: one entry for each child, with what was disclosed. No record, no answer.

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { sealOpenEntries } from "../../src/services/audit-keeping.ts";
import { verifyAudit } from "../../src/services/audit-verify.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const FIND = "query ($identifier: IdentifierInput!) { childByIdentifier(identifier: $identifier) { id } }";
const DEEP = `query ($id: ID!) { one: child(id: $id) { demographics { name { preferred } } }
  two: child(id: $id) { chronology(first: 5) { totalCount } involvements { sources { status } } } }`;

describe.each(ENGINES)("on $name, what is read", (engine) => {
  let world: LightHub;
  let id: string;
  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
    const found = await world.ask("social-worker", FIND, { identifier: { kind: "NHS_NUMBER", value: NHS } });
    id = found.data.childByIdentifier.id;
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => world?.close());

  const manager = () => world.open.hub.db.manager;
  const entries = () => manager().find(AuditRow, { where: { subjectId: id }, order: { id: "ASC" } });

  it("is one entry for each child, with the parts that were disclosed and who answered", async () => {
    const before = (await entries()).length;
    const { errors } = await world.ask("social-worker", DEEP, { id });
    expect(errors).toEqual([]);
    const [entry, ...more] = (await entries()).slice(before);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      what: "child.read",
      actorId: "demo|social-worker",
      role: "SOCIAL_WORKER",
      allowed: true,
      parts: "DEMOGRAPHICS,INVOLVEMENTS,EVENTS",
      purpose: "not-stated",
    });
    expect(entry!.sources!.split(",").toSorted()).toEqual(["education", "health", "social-care"]);
    expect(entry!.hash).toMatch(/^[\da-f]{64}$/);
  });

  it("does not leave where it cannot be put on record, and the reader learns no more than that", async () => {
    const before = (await entries()).length;
    const query = manager().query.bind(manager());
    vi.spyOn(manager(), "query").mockImplementation(async (statement, ...values) => {
      if (/^INSERT INTO .audit_entry/.test(statement)) throw new Error("Amelia's row cannot be written");
      return query(statement, ...values);
    });
    const { data, errors, text } = await world.ask("social-worker", DEEP, { id });
    expect(data).toBeNull();
    expect(errors).toEqual([{ message: "Something went wrong on our side", extensions: { code: "FAULT" } }]);
    expect(text).not.toContain("Amelia");
    expect(await entries()).toHaveLength(before);
    vi.restoreAllMocks();
    expect((await world.ask("social-worker", DEEP, { id })).errors).toEqual([]);
    expect(await entries()).toHaveLength(before + 1);
  });

  it("is chained with all else that the hub did, and verifies", async () => {
    await sealOpenEntries(world.open.hub);
    const { entries: all, findings } = await verifyAudit(world.open.hub);
    expect(findings).toEqual([]);
    expect(all).toBe(await manager().count(AuditRow));
  });
});
