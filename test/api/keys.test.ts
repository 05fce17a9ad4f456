import { createCipheriv, randomBytes } from "node:crypto";
import type { DataSource } from "typeorm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { deliverDue } from "../../src/services/deliveries.ts";
import type { Hub } from "../../src/services/hub.ts";
import { openProfile } from "../../src/services/identity-profiles.ts";
import { keepSealed, latestRotation } from "../../src/services/key-rotation.ts";
import { readyForKeys } from "../../src/services/keys-ready.ts";
import { keyStatus } from "../../src/services/key-status.ts";
import { collect } from "../../src/services/collect.ts";
import { ReferralStep } from "../../src/schema/referral.ts";
import { insertMany } from "../../src/store/insert.ts";
import { countByKey, notUnder, placesOf, swap } from "../../src/store/resealing.ts";
import { KeyRotationRow } from "../../src/store/rows-keeping.ts";
import { AgencyRecordRow, CollectCursorRow } from "../../src/store/rows.ts";
import { SEALED, SEALED_BY_SERVICES, sealColumns } from "../../src/store/sealed-columns.ts";
import { clockStory } from "../support/clock-story.ts";
import { RECORDS } from "../support/demo-records.ts";
import { everythingInTables } from "../support/dump.ts";
import { ENGINES } from "../support/engines.ts";
import { refuseLeaks } from "../support/leaks.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { recordAt } from "../support/record-rows.ts";
import { filledRows } from "../support/sealed-rows.ts";
import { keysSetting, testKeys } from "../support/test-keys.ts";

/** Text columns that hold no words of anybody's and no name, and why. */
const NO_WORDS: Readonly<Record<string, string>> = {
  "identity_link.contributions": "codes and bits",
  "identity_link.vetoes": "codes",
  "identity_link.runnerUp": "an id and a weight",
  "identity_review.contributions": "codes and bits",
  "identity_review.vetoes": "codes",
  "identity_correction.radius": "ids",
  "identity_correction.figures": "counts",
  "obligation.explanation": "the rule's words and days",
  "obligation.schedule": "instants",
  "audit_checkpoint.heads": "ids and hashes",
  "erasure.erased": "counts",
  "erasure.left": "counts",
  "sign_in_begun.sealed": "sealed where it is made, for minutes",
};

const CHANGE = `mutation ($change: AskForChange!) { askForChange(change: $change) { id } }`;
const DECIDE = `mutation ($decision: DecideChange!) { decideChange(decision: $decision) { id } }`;
const RAISE = `mutation ($input: RaiseEscalation!) { raiseEscalation(escalation: $input) { id } }`;
const CORRECT = `mutation ($correction: CorrectStep!) { correctStep(correction: $correction) { step { id } } }`;
const APPOINT = `mutation ($post: Appoint!) { appoint(post: $post) { id } }`;
const ROTATION = `{ keyRotation { keyId olderKeys startedAt finishedAt done total failed } }`;

/** The same hub after it was started again with these keys. */
function restarted(hub: Hub, ...ids: readonly string[]): Hub {
  const keys = testKeys(...ids);
  sealColumns(hub.db, keys);
  return { ...hub, keys };
}

/** How many values each key seals; under "" those that none does. */
async function counts(db: DataSource): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const place of placesOf(db))
    for (const [keyId, values] of await countByKey(db, place)) sums[keyId] = (sums[keyId] ?? 0) + values;
  return sums;
}

const plain = (db: DataSource, table: string, { set, where }: { set: string; where: string }) => {
  const name = (text: string) => text.replaceAll(/"(\w+)"/g, (_, word: string) => db.driver.escape(word));
  return db.query(`UPDATE ${db.driver.escape(table)} SET ${name(set)} WHERE ${name(where)}`);
};

describe.each(ENGINES)("on $name, what people wrote, names and numbers", (engine) => {
  let world: LightHub;
  const hub = () => world.open.hub;
  const db = () => hub().db;
  const story = clockStory(() => world);

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS, { HUB_KEYS: keysSetting("old") });
  });
  beforeEach(() => world.setNow(null));
  afterAll(() => world?.close());

  const ok = async (as: string, query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await world.ask(as, query, variables);
    if (errors[0]) throw new Error(`${errors[0].extensions.code} ${errors[0].message}`);
    return data;
  };

  it("stand in no table after a story that is full of them", async () => {
    const person = { holderId: "demo|lead", holderName: "Rachel Okafor", holderEmail: "rachel.okafor@example.org" };
    const cover = { coverId: "demo|cover", coverName: "Theo Marsh", coverEmail: "theo.marsh@example.org" };
    await ok("board-manager", APPOINT, {
      post: { agencyId: "social-care", teamId: "mash", role: "MANAGER", ...person, ...cover },
    });
    const { childId, clockId, referralId } = await story.refer("2026-03-02T10:00:00Z");
    const change = { key: "change-of-a-clock", obligationId: clockId, kind: "EXTEND", untilOn: "2026-03-04" };
    const asked = await ok("social-worker", CHANGE, {
      change: { ...change, reason: "Rachel has been hungry herself." },
    });
    const decision = { changeId: asked.askForChange.id, approve: true, because: "Amelia is safe with her aunt." };
    await ok("mash-manager", DECIDE, { decision });
    const words = { evidence: "She flinched at Larch Close.", wantedOutcome: "Somebody sees Amelia Hartley." };
    const challenge = { key: "a-challenge", childId, category: "THRESHOLD", againstAgencyId: "social-care" };
    await ok("teacher", RAISE, { input: { ...challenge, ...words, immediateRisk: false } });
    const decided = { outcome: "NO_FURTHER_ACTION", followsId: referralId };
    const step = await story.record("REFERRAL_DECIDED", decided, "mash-manager");
    const stepId = step.data?.recordStep.step.id ?? "";
    await ok("mash-manager", CORRECT, { correction: { stepId, because: "That was Theo, of Hidden Row." } });
    await story.tick();
    await deliverDue(hub(), clockCaller(hub(), "telling"), hub().now());
    const lines = await everythingInTables(db());
    refuseLeaks("a table", lines);
    const kept = lines.join("\n");
    const recordIds = Object.values(RECORDS).flatMap((records) => records.map(({ recordId }) => recordId));
    for (const text of [...recordIds, "example.org"]) expect(kept).not.toContain(text);
    expect(lines.filter((line) => line.startsWith("outbox_email ")).length).toBeGreaterThan(0);
    expect((await counts(db()))["old"]).toBeGreaterThan(20);
  });

  it("stand in no declared column, however they are written, and are read as they were given", async () => {
    const ways = ["whole", "insert", "update"] as const;
    for (const way of ways) {
      const rows = filledRows(db(), `${way}-1`, (place) => `Pascoe of ${place}, ${way}: 😀`);
      for (const { table, row, where, columns } of rows) {
        if (way === "whole") await insertMany(db().manager, table, [row]);
        else await db().manager.insert(table, way === "insert" ? row : { ...row, [columns[0]!]: "Pascoe before" });
        const words = Object.fromEntries(columns.map((column) => [column, row[column] as unknown]));
        if (way === "update") await db().manager.update(table, where, words);
        expect(await db().manager.findOneByOrFail(table, where)).toMatchObject(words);
      }
    }
    expect((await everythingInTables(db())).filter((line) => line.includes("Pascoe"))).toEqual([]);
    for (const { table, where } of ways.flatMap((way) => filledRows(db(), `${way}-1`, () => "")))
      await db().manager.delete(table, where);
  });

  it("have no column of text but a sealed one, or one that is known to hold none of them", () => {
    const known = new Set(placesOf(db()).map(({ name }) => name));
    const open = db()
      .entityMetadatas.flatMap(({ columns, tableName }) =>
        columns.filter(({ type }) => /text/.test(String(type))).map((column) => `${tableName}.${column.databaseName}`),
      )
      .filter((name) => !known.has(name) && NO_WORDS[name] === undefined);
    expect(open).toEqual([]);
  });

  it("of before there were keys are sealed, and are found meanwhile", async () => {
    const row = await recordAt(db().manager, "health", "p-amelia");
    const before = openProfile(hub(), row);
    // As a hub of before left them: in clear, without a hash, and sealed under a key that comes from the hash key.
    const sealedOnce = (text: string, purpose: string, rowId: string) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", Buffer.from(hub().keyed(purpose), "hex"), iv);
      cipher.setAAD(Buffer.from(rowId));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
    };
    const profile = sealedOnce(JSON.stringify(before), "identity.profile", row.id);
    const set = `"recordId" = 'p-amelia', "recordHash" = NULL, "profile" = '${profile}'`;
    await plain(db(), "agency_record", { set, where: `"id" = '${row.id}'` });
    const cursor = sealedOnce("from here", "collect", "health");
    await db().manager.update(CollectCursorRow, { agencyId: "health" }, { cursor });
    await readyForKeys(db(), hub());
    const clear = await recordAt(db().manager, "health", "p-amelia");
    expect(clear).toMatchObject({ id: row.id, recordHash: row.recordHash });
    expect(openProfile(hub(), clear)).toEqual(before);
    expect((await counts(db()))[""]).toBe(3);
    await keepSealed(hub());
    expect((await counts(db()))[""]).toBeUndefined();
    const after = await recordAt(db().manager, "health", "p-amelia");
    expect(openProfile(hub(), after)).toEqual(before);
    expect(await latestRotation(hub())).toMatchObject({ keyId: "old", total: 3, done: 3, failed: 0 });
    await db().manager.clear(CollectCursorRow);
    await collect(hub(), "health");
    expect(await db().manager.countBy(AgencyRecordRow, { agencyId: "health", personId: row.personId })).toBe(1);
  });

  it("are found again where the hash key was changed", async () => {
    const other = { ...hub(), keyed: (text: string) => hub().keyed(`another ${text}`) };
    await readyForKeys(db(), other);
    const hashes = await db().manager.find(AgencyRecordRow, { select: { id: true, recordHash: true } });
    await readyForKeys(db(), hub());
    const again = await db().manager.find(AgencyRecordRow, { select: { id: true, recordHash: true } });
    expect(hashes).toHaveLength(again.length);
    for (const { recordHash } of hashes) expect(again.map((each) => each.recordHash)).not.toContain(recordHash);
  });

  describe("when the key is changed", () => {
    const steps = (from: number, most: number) =>
      Array.from({ length: most }, (_, at): ReferralStep => {
        const id = `step-${String(from + at).padStart(5, "0")}`;
        return { id, referralId: "r", what: "x", because: `Words ${id}`, by: "x", at: new Date() };
      });
    const wordsOf = async (like: Hub) => {
      const rows = await like.db.manager.findBy(ReferralStep, { referralId: "r" });
      return rows.filter(({ id, because }) => because !== `Words ${id}`).map(({ id }) => id);
    };

    it("are all sealed anew, by two at once, and stay what they are", async () => {
      await insertMany(db().manager, ReferralStep, steps(0, 450));
      const before = (await counts(db()))["old"] ?? 0;
      const one = restarted(hub(), "old", "new");
      const two = { ...one };
      const looked = await Promise.all([keepSealed(one), keepSealed(two)]);
      expect(looked.toSorted((a, b) => a - b)).toEqual([0, before]);
      expect(await counts(db())).toEqual({ new: before });
      expect(await wordsOf(one)).toEqual([]);
      const row = await latestRotation(one);
      expect(row).toMatchObject({ keyId: "new", done: before, total: before, failed: 0, claimedUntil: null });
      expect((await keyStatus(one)).mayBeRemoved).toEqual(["old"]);
      expect(await keepSealed(one)).toBe(0);
      // Without the older key nothing is missed.
      const later = restarted(hub(), "new");
      await readyForKeys(db(), later);
      expect(await wordsOf(later)).toEqual([]);
    });

    it("go on where they were stopped, once nobody has them in hand", async () => {
      const next = restarted(hub(), "new", "next");
      const stop = new AbortController();
      const { query } = db();
      let statements = 0;
      // The process ends in the middle of it: nothing is given back.
      const dying = Object.create(db(), {
        query: {
          value: (...of: Parameters<typeof query>) => {
            if (of[0].startsWith("UPDATE") && (statements += 1) > 2) throw new Error("killed");
            return query.apply(db(), of);
          },
        },
      }) as DataSource;
      await expect(keepSealed({ ...next, db: dying }, stop.signal)).rejects.toThrow("killed");
      const half = await counts(db());
      expect(half["next"]).toBeGreaterThan(0);
      expect(half["new"]).toBeGreaterThan(0);
      // Everything opens meanwhile, under whichever key.
      expect(await wordsOf(next)).toEqual([]);
      expect(await keepSealed(next)).toBe(0);
      world.setNow(new Date(Date.now() + 31_000));
      expect(await keepSealed(next)).toBe(half["new"]);
      expect(Object.keys(await counts(db()))).toEqual(["next"]);
      expect(await latestRotation(next)).toMatchObject({ keyId: "next", failed: 0 });
      expect(await wordsOf(next)).toEqual([]);
    });

    it("keep what somebody writes at that moment", async () => {
      const last = restarted(hub(), "next", "last");
      const place = placesOf(db()).find(({ name }) => name === "referral_step.because")!;
      const [first] = await notUnder(db(), place, { keyId: "last", after: "", most: 1 });
      const { id } = first!;
      await last.db.manager.update(ReferralStep, { id }, { because: "Written meanwhile" });
      const becomes = last.keys.seal("What was there before", { purpose: place.purpose });
      await swap(db(), place, [{ ...first!, becomes }]);
      expect(await last.db.manager.findOneBy(ReferralStep, { id })).toMatchObject({ because: "Written meanwhile" });
      await last.db.manager.update(ReferralStep, { id }, { because: `Words ${id}` });
      const writes = async () => {
        for (const { id: written } of steps(0, 40))
          await last.db.manager.update(ReferralStep, { id: written }, { because: `Words ${written}` });
      };
      await Promise.all([keepSealed(last), writes(), insertMany(db().manager, ReferralStep, steps(450, 100))]);
      expect(await wordsOf(last)).toEqual([]);
      expect(Object.keys(await counts(db()))).toEqual(["last"]);
    });

    it("and something was sealed under the older key afterwards, that is found within a day", async () => {
      const late = restarted(hub(), "last", "next");
      await insertMany(late.db.manager, ReferralStep, steps(600, 3));
      const last = restarted(hub(), "next", "last");
      expect(await keepSealed(last)).toBe(3);
      expect(await keepSealed(last)).toBe(0);
      restarted(hub(), "last", "next");
      await insertMany(late.db.manager, ReferralStep, steps(700, 3));
      sealColumns(db(), last.keys);
      expect(await keepSealed(last)).toBe(0);
      world.setNow(new Date(Date.now() + 25 * 3600_000));
      expect(await keepSealed(last)).toBe(3);
    });

    it("and one key is missing: nothing starts, what it sealed opens to nobody, and all else does", async () => {
      const without = restarted(hub(), "gone", "last");
      await insertMany(db().manager, ReferralStep, steps(900, 1));
      sealColumns(db(), testKeys("gone"));
      const id = "step-lost";
      await insertMany(db().manager, ReferralStep, [{ ...steps(900, 1)[0]!, id, referralId: "lost" }]);
      const last = restarted(hub(), "last");
      await expect(db().manager.findOneBy(ReferralStep, { id })).rejects.toThrow(
        "referral_step.because: a value is sealed under the key gone, which is not among HUB_KEYS",
      );
      expect(await wordsOf(last)).toEqual([]);
      const { counts: byKey, mayBeRemoved } = await keyStatus(last);
      expect(byKey).toContainEqual({ keyId: "gone", values: 1, standing: "MISSING" });
      expect(mayBeRemoved).toEqual([]);
      expect(await keepSealed(last)).toBe(1);
      expect(await latestRotation(last)).toMatchObject({ keyId: "last", failed: 1 });
      // Back on the ring, it is sealed anew with the rest.
      const back = restarted(hub(), "gone", "last");
      expect(await keepSealed(back)).toBe(1);
      expect(await latestRotation(back)).toMatchObject({ keyId: "last", failed: 0, done: 1 });
      expect(Object.keys(await counts(db()))).toEqual(["last"]);
      expect(without.keys.current).toBe("last");
    });

    it("start is refused without a key that may be in use, unless it is said to be lost", async () => {
      const row = (await latestRotation(hub()))!;
      await db().manager.insert(KeyRotationRow, {
        ...row,
        id: "under-way",
        keyId: "begun",
        startedAt: new Date(row.startedAt.getTime() + 1_000),
        finishedAt: null,
      });
      const last = restarted(hub(), "last");
      await expect(readyForKeys(db(), last)).rejects.toThrow("HUB_KEYS lacks the key begun");
      // Also where the newest record is sealed under it.
      const [newest] = await db().manager.find(AgencyRecordRow, { order: { id: "DESC" }, take: 1 });
      const { id, recordId } = newest!;
      const sealUnder = ({ keys }: Pick<Hub, "keys">) =>
        plain(db(), "agency_record", {
          set: `"recordId" = '${keys.seal(recordId, { purpose: "agency_record.recordId" })}'`,
          where: `"id" = '${id}'`,
        });
      await sealUnder({ keys: testKeys("begun") });
      await readyForKeys(db(), { ...last, keys: { ...last.keys, lost: ["begun"] } });
      await sealUnder(last);
      await db().manager.delete(KeyRotationRow, { id: "under-way" });
    });

    it("say how far they are to those who keep keys, and to nobody else", async () => {
      const { keyRotation } = await ok("data-protection-officer", ROTATION, {});
      expect(keyRotation).toMatchObject({ keyId: "old", olderKeys: [], finishedAt: null });
      expect((await world.ask("agency-developer", ROTATION)).errors).toEqual([]);
      for (const person of ["social-worker", "mash-manager", "board-manager"]) {
        const { errors } = await world.ask(person, ROTATION);
        expect(errors[0]?.extensions.code, person).toBe("NOT_ALLOWED");
      }
      sealColumns(db(), hub().keys);
    });
  });
});

describe("the list of what is sealed", () => {
  it("names no column twice", () => {
    const names = SEALED.flatMap(([row, ...columns]) => columns.map((column) => `${row.name}.${column}`));
    const all = [...names, ...SEALED_BY_SERVICES.map(([row, column]) => `${row.name}.${column}`)];
    expect(new Set(all).size).toBe(all.length);
  });
});
