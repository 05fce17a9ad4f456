// Erasing because somebody asks: two people, never against a hold, open work or law; and nothing is left in any table but what proves it.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IdentityLinkRow, IdentityReviewRow } from "../../src/store/rows-identity.ts";
import { AgencyRecordRow } from "../../src/store/rows.ts";
import { IDENTITY, STAYS, WORK } from "../../src/services/erasure-tables.ts";
import { everythingInTables } from "../support/dump.ts";
import { ENGINES } from "../support/engines.ts";
import { DECIDE, DPO, ERASE, type Keeping, startKeeping } from "../support/kept-child.ts";
import { leadsTo } from "../support/sealed-world.ts";

const READ = `query ($childId: ID) { erasures(childId: $childId) { edges { node { retentionClass left { table rows } } } } }`;
const WISHES = `{ erasureWishes { edges { node { id because state } } } }`;
type Row = { id: string; childId?: string; personId?: string };
const BECAUSE = "Her mother asks for it.";

describe.each(ENGINES)("on $name, erasing a child", (engine) => {
  let our: Keeping;
  const ids: string[] = [];
  const id = (at: number): string => ids[at] ?? "";
  const child = (at: number) => our.children[at]!;
  const ask = (childId: string, more: Record<string, unknown> = {}, as = DPO) =>
    our.ask(as, ERASE, { input: { childId, because: BECAUSE, ...more } });
  const decide = (wishId: string, as: string, approve = true) =>
    our.ask(as, DECIDE, { input: { id: wishId, approve, because: "As asked." } });

  beforeAll(async () => {
    our = await startKeeping(engine, 3);
    for (const each of our.children) ids.push(await our.idOf(each));
  });
  afterAll(() => our.world.close());

  it("is for whoever answers for data protection, and decided by somebody else", async () => {
    await our.refer(id(2), our.words(child(2)));
    for (const who of ["mash-manager", "social-worker", "board-manager", "nobody"])
      expect(await ask(id(2), { beforeItsTime: true }, who)).toMatchObject({ code: "NOT_ALLOWED" });
    expect(await ask(id(2))).toMatchObject({ code: "WRONG_STEP", message: expect.stringContaining("is kept until") });
    const wish = (await ask(id(2), { beforeItsTime: true })).data.eraseChild;
    expect(await ask(id(2), { beforeItsTime: true })).toMatchObject({ code: "CONFLICT" });
    for (const who of [DPO, "social-worker", "board-manager", "nobody"])
      expect(await decide(wish.id, who)).toMatchObject({ code: "NOT_ALLOWED" });
    expect(await our.standing(id(2))).toMatchObject({ known: true, referrals: 1 });
    const { edges } = (await our.ok("mash-manager", WISHES, {})).erasureWishes;
    expect(edges).toEqual([{ node: { id: wish.id, because: BECAUSE, state: "WAITING" } }]);
    const { data } = await decide(wish.id, "mash-manager", false);
    expect(data.decideErasure).toMatchObject({ wish: { state: "REFUSED" }, erasure: null });
    expect(await decide(wish.id, "mash-manager")).toMatchObject({ code: "WRONG_STEP" });
  });

  it("is refused by a hold placed after it was asked for, by open work, and by law", async () => {
    const wish = (await ask(id(2), { beforeItsTime: true })).data.eraseChild;
    const holdId = await our.hold(id(2));
    expect(await decide(wish.id, "mash-manager")).toMatchObject({
      code: "WRONG_STEP",
      message: expect.stringContaining("hold"),
    });
    await our.lift(holdId);
    const began = await our.step("BECAME_LOOKED_AFTER", { childId: id(2) });
    expect(await decide(wish.id, "mash-manager")).toMatchObject({
      code: "WRONG_STEP",
      message: expect.stringContaining("obligations"),
    });
    await our.step("CEASED_TO_BE_LOOKED_AFTER", { followsId: began });
    expect(await decide(wish.id, "mash-manager")).toMatchObject({
      code: "WRONG_STEP",
      message: expect.stringContaining("law keeps it"),
    });
    expect(await our.standing(id(2))).toMatchObject({ known: true, referrals: 1 });
  });

  it("leaves no trace but the audit and the proof, and nothing is gone of anybody else", async () => {
    const { hub, db } = our;
    for (const at of [0, 1]) {
      const words = our.words(child(at));
      await our.refer(id(at), words);
      await our.challenge(id(at), words);
      await our.others(id(at), words);
    }
    const others = { ...(await our.standing(id(1))), links: await db.countBy(IdentityLinkRow, { personId: id(1) }) };
    // Another's belief in which this child was in question, and a doubt between the two.
    const [mine, theirs] = [
      await db.findOneByOrFail(AgencyRecordRow, { personId: id(0) }),
      await db.findOneByOrFail(AgencyRecordRow, { personId: id(1) }),
    ];
    await db.update(
      IdentityLinkRow,
      { recordRowId: theirs.id },
      { runnerUp: JSON.stringify({ personId: id(0), weight: 1 }) },
    );
    await db.insert(IdentityReviewRow, {
      id: hub.newId(),
      pair: `${mine.id} ${theirs.id}`,
      kind: "RECORDS",
      recordRowId: mine.id,
      otherRecordRowId: theirs.id,
      weight: 1,
      contributions: "[]",
      vetoes: "[]",
      needsTwo: false,
      model: "m",
      state: "OPEN",
      outcome: null,
      gold: null,
      openedAt: hub.now(),
      closedAt: null,
    });
    const lead = new Set(leadsTo(hub, Object.values(child(1).records)));
    const leads = leadsTo(hub, Object.values(child(0).records)).filter((text) => !lead.has(text));
    const made = await idsMadeFor(id(0));
    expect(made.length).toBeGreaterThan(15);
    const before = (await everythingInTables(hub.db)).join("\n");
    expect([id(0), ...made, mine.id].filter((text) => !before.includes(text))).toEqual([]);

    const wish = (await ask(id(0), { beforeItsTime: true })).data.eraseChild;
    const { data, message } = await decide(wish.id, "mash-manager");
    expect(message).toBe("");
    const { erasure, stillHeldBy } = data.decideErasure;
    expect(erasure).toMatchObject({
      retentionClass: "request",
      byActorId: expect.stringContaining(DPO),
      approvedByActorId: expect.stringContaining("mash-manager"),
    });
    expect(
      erasure.left.filter(({ rows, table }: { rows: number; table: string }) => rows > 0 && table !== "audit_entry"),
    ).toEqual([]);
    expect(stillHeldBy).toEqual(["education", "health", "police", "social-care"]);

    const lines = (await everythingInTables(hub.db)).filter((line) => !line.startsWith("audit_entry "));
    const hubs = new Set(hub.db.entityMetadatas.map(({ tableName }) => tableName));
    const traces = [id(0), wish.id, ...made, mine.id, ...leads, BECAUSE].flatMap((text) =>
      // A queue names a referral until its alarm was taken, which no worker here does.
      lines
        .filter((line) => hubs.has(line.split(" ")[0] ?? "") && line.includes(text))
        .map((line) => `${text} in ${line.slice(0, 40)}`),
    );
    expect(traces).toEqual([]);
    expect({ ...(await our.standing(id(1))), links: await db.countBy(IdentityLinkRow, { personId: id(1) }) }).toEqual(
      others,
    );
    // Found by whoever still has the id, and by nobody else.
    const found = async (childId: string) => (await our.ok("board-manager", READ, { childId })).erasures.edges.length;
    expect([await found(id(0)), await found(id(1))]).toEqual([1, 0]);
  });

  it("brings a child whom an agency still reports in anew, as somebody whom nobody knows", async () => {
    our.world.systems.get("health")!.put(child(0).records["health"]!);
    await our.world.collectAll();
    const again = await our.idOf(child(0));
    expect(again).not.toBe(id(0));
    expect(await our.standing(again)).toMatchObject({ known: true, referrals: 0, pointers: 1 });
  });

  /** Ids of all that hangs on a child. */
  async function idsMadeFor(childId: string): Promise<string[]> {
    const { db } = our;
    const found: string[] = [];
    for (const { tableName, columns } of our.hub.db.entityMetadatas) {
      const names = columns.map(({ propertyName }) => propertyName);
      if (!names.includes("id") || tableName === "audit_entry" || tableName === "person") continue;
      for (const column of names.filter((name) => name === "childId" || name === "personId"))
        found.push(...(await db.getRepository<Row>(tableName).findBy({ [column]: childId })).map((row) => row.id));
    }
    return found;
  }

  it("covers every table that names a child, or something that was made for one", () => {
    const naming =
      /^(child|person|subject|fromPerson|toPerson|recordRow|otherRecordRow|referral|obligation|escalation|message|review|correction|incident)Id$|^joinedTo$/;
    const covered = new Set([...WORK, ...IDENTITY].map(({ table }) => our.hub.db.getMetadata(table).tableName));
    const found = our.hub.db.entityMetadatas.flatMap(({ tableName, columns }) =>
      columns
        .filter(({ propertyName }) => naming.test(propertyName))
        .map(({ propertyName }) => `${tableName}.${propertyName}`),
    );
    expect(found.filter((column) => !covered.has(column.split(".")[0] ?? "") && !(column in STAYS))).toEqual([]);
    expect(Object.keys(STAYS).filter((column) => !found.includes(column))).toEqual([]);
  });

  it("leaves no table without a class", () => {
    const classes = new Set(our.hub.national.retention.tables.flatMap(({ covers }) => covers));
    const covered = new Set([...WORK, ...IDENTITY].map(({ table }) => our.hub.db.getMetadata(table).tableName));
    const hanging = new Set(["police_incident_key"]);
    const without = our.hub.db.entityMetadatas
      .map(({ tableName }) => tableName)
      .filter((table) => !classes.has(table) && !covered.has(table) && !hanging.has(table));
    expect(without).toEqual([]);
  });
});
