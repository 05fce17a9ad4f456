// What is over goes, and what is not stays: both directions, with and without a hold.

import { In } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Message } from "../../src/schema/message.ts";
import { Obligation } from "../../src/schema/obligation.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { eraseHourly } from "../../src/services/retention.ts";
import { HeartbeatRow, OutboxEmailRow } from "../../src/store/rows-clocks.ts";
import { ExportFileRow } from "../../src/store/rows-audit.ts";
import { PoliceIncidentRow } from "../../src/store/rows.ts";
import { SessionRow } from "../../src/store/rows-keeping.ts";
import { ENGINES } from "../support/engines.ts";
import { DPO, type Keeping, LIFT, PLACE, startKeeping } from "../support/kept-child.ts";

const embedded = ENGINES[0]!;
const KEEPING = `query ($childId: ID!) { keeping(childId: $childId) { keptBy { id } until mayEndEarlier inTheWay heldByAgencies holds { because liftedAt } } }`;
const HOLDS = `query ($lifted: Boolean!) { legalHolds(lifted: $lifted) { edges { node { because liftedAt liftedBecause } } } }`;
const CLASSES = `{ retentionClasses { id keep status } }`;
const GONE = { known: false, referrals: 0, challenges: 0, pointers: 0 };
const YEAR_MS = 365.25 * 24 * 3_600_000;

describe("the job that erases what is over", () => {
  let our: Keeping;
  const ids: string[] = [];
  beforeAll(async () => {
    our = await startKeeping(embedded, 6);
    for (const child of our.children) ids.push(await our.idOf(child));
  });
  afterAll(() => our.world.close());
  const id = (at: number): string => ids[at] ?? "";
  const keeping = async (at: number, as = DPO) => (await our.ok(as, KEEPING, { childId: id(at) })).keeping;

  it("keeps what is not due, though it is asked to", async () => {
    await our.refer(id(0));
    await our.goneFrom(id(0));
    our.at("2031-04-02T10:00:00Z");
    await our.eraseDue();
    expect(await our.standing(id(0))).toEqual({ known: true, referrals: 1, challenges: 0, pointers: 4 });
    expect(await keeping(0)).toMatchObject({ keptBy: { id: "referral-only" }, mayEndEarlier: true, inTheWay: null });
  });

  it("erases what is due, the pointers too where no agency holds a record", async () => {
    our.at("2041-04-02T10:00:00Z");
    await our.eraseDue();
    expect(await our.standing(id(0))).toEqual(GONE);
    const proof = (await our.proofs()).find(({ retentionClass }) => retentionClass === "referral-only");
    expect(JSON.parse(proof?.erased ?? "")).toMatchObject({ referral: 1, statutory_step: 2, obligation: 1, person: 1 });
    const left = JSON.parse(proof?.left ?? "") as Record<string, number>;
    expect(Object.entries(left).filter(([table, rows]) => rows > 0 && table !== "audit_entry")).toEqual([]);
  });

  it("leaves the pointers while an agency holds a record", async () => {
    our.at("2026-04-02T10:00:00Z");
    await our.refer(id(1));
    our.at("2041-04-02T10:00:00Z");
    await our.eraseDue();
    expect(await our.standing(id(1))).toEqual({ known: true, referrals: 0, challenges: 0, pointers: 4 });
    const proofs = (await our.proofs()).length;
    await our.eraseDue();
    expect(await our.proofs()).toHaveLength(proofs);
  });

  it("erases nothing of a child on whom a hold is, and does once it is lifted", async () => {
    our.at("2026-04-02T10:00:00Z");
    await our.refer(id(2));
    await our.goneFrom(id(2));
    const holdId = await our.hold(id(2));
    // What people were told of it, which would go by its age long before; and of something else.
    const { id: obligationId } = await our.db.findOneByOrFail(Obligation, { childId: id(2) });
    const message = (of: string | null): Message => ({
      id: our.hub.newId(),
      key: our.key(),
      toActorId: "somebody",
      postId: null,
      kind: "LATE",
      says: "Late.",
      urgent: false,
      obligationId: of,
      escalationId: null,
      at: our.hub.now(),
      readAt: null,
      actedAt: null,
      handOnAt: null,
      handed: 0,
    });
    const [about, other] = [message(obligationId), message(null)];
    await our.db.insert(Message, [about, other]);
    const told = () => our.db.findBy(Message, { id: In([about.id, other.id]) });
    our.at("2041-04-02T10:00:00Z");
    await our.eraseDue();
    expect(await our.standing(id(2))).toMatchObject({ known: true, referrals: 1 });
    expect(await keeping(2)).toMatchObject({ inTheWay: expect.stringContaining("hold"), heldByAgencies: [] });
    expect((await told()).map((each) => each.id)).toEqual([about.id]);
    await our.lift(holdId);
    await our.eraseDue();
    expect(await our.standing(id(2))).toEqual(GONE);
    expect(await told()).toEqual([]);
  });

  it("leaves holds to data protection and the front door, and lifting them to data protection alone", async () => {
    our.at("2026-04-02T10:00:00Z");
    const place = (as: string) => our.ask(as, PLACE, { input: { childId: id(4), because: "A claim." } });
    for (const who of ["social-worker", "board-manager", "teacher", "nobody"])
      expect(await place(who)).toMatchObject({ code: "NOT_ALLOWED" });
    const holdId = (await place("mash-manager")).data.placeHold.id;
    const lift = (as: string) => our.ask(as, LIFT, { input: { holdId, because: "It is settled." } });
    for (const who of ["mash-manager", "nobody"]) expect(await lift(who)).toMatchObject({ code: "NOT_ALLOWED" });
    const listed = async (lifted: boolean) => (await our.ok(DPO, HOLDS, { lifted })).legalHolds.edges.length;
    expect([await listed(false), (await our.ask("mash-manager", HOLDS, { lifted: true })).code]).toEqual([
      1,
      "NOT_ALLOWED",
    ]);
    expect(await lift(DPO)).toMatchObject({ code: null });
    expect(await lift(DPO)).toMatchObject({ code: "WRONG_STEP" });
    expect([await listed(false), await listed(true)]).toEqual([0, 1]);
    const { retentionClasses } = await our.ok("teacher", CLASSES, {});
    expect(retentionClasses).toContainEqual({ id: "looked-after", keep: "75 years", status: "verified" });
    expect((await our.ask("nobody", CLASSES, {})).code).toBe("NOT_ALLOWED");
  });

  it("keeps a child who was looked after until the 75th birthday, and one with open work for ever", async () => {
    our.at("2026-04-02T10:00:00Z");
    const bornOn = our.children[3]?.bornOn ?? "";
    const began = await our.step("BECAME_LOOKED_AFTER", { childId: id(3) });
    await our.step("CEASED_TO_BE_LOOKED_AFTER", { followsId: began });
    await our.step("BECAME_LOOKED_AFTER", { childId: id(4) });
    for (const at of [3, 4]) await our.goneFrom(id(at));
    const until = `${Number(bornOn.slice(0, 4)) + 75}${bornOn.slice(4)}`;
    expect(await keeping(3)).toMatchObject({ keptBy: { id: "looked-after" }, until, mayEndEarlier: false });
    our.at(`${Number(until.slice(0, 4)) - 1}${bornOn.slice(4)}T10:00:00Z`);
    await our.eraseDue();
    expect((await our.standing(id(3))).known).toBe(true);
    our.at(`${until}T10:00:00Z`);
    await our.eraseDue();
    expect([await our.standing(id(3)), (await our.standing(id(4))).known]).toEqual([GONE, true]);
  });

  it("stops when it is told to", async () => {
    our.at("2026-04-02T10:00:00Z");
    await our.goneFrom(id(5));
    our.at("2041-04-02T10:00:00Z");
    await our.eraseDue(AbortSignal.abort());
    expect((await our.standing(id(5))).known).toBe(true);
    await our.eraseDue();
    expect((await our.standing(id(5))).known).toBe(false);
  });

  it("runs at most once an hour, whoever comes", async () => {
    const { hub, db } = our;
    const run = () => eraseHourly(hub, clockCaller(hub, "sweep"));
    const session = (hash: string, expiresAt: Date): SessionRow => ({
      hash: hash.repeat(64),
      actorId: "somebody",
      name: "Somebody",
      role: null,
      agencyId: null,
      issuerSession: null,
      startedAt: expiresAt,
      seenAt: expiresAt,
      expiresAt,
      endedAt: null,
    });
    const long = new Date(hub.now().getTime() - YEAR_MS);
    await db.insert(SessionRow, session("a", long));
    expect(await run()).toBe(1);
    await db.insert(SessionRow, session("b", long));
    expect(await run()).toBe(0);
    await db.update(HeartbeatRow, { name: "retention" }, { at: new Date(Date.now() - 3_700_000) });
    const both = await Promise.all([run(), run()]);
    expect(both.toSorted()).toEqual([0, 1]);
  });
  it("erases rows that are older than their class says, and keeps the others", async () => {
    our.at("2026-04-02T10:00:00Z");
    const { hub, db } = our;
    const [now, days] = [hub.now().getTime(), 24 * 3_600_000];
    const ago = (count: number) => new Date(now - count * days);
    const email = (at: Date): OutboxEmailRow => ({ id: hub.newId(), to: "a@hub.example", subject: "s", body: "b", at });
    const file = (expiresAt: Date, at: Date): ExportFileRow => ({
      id: hub.newId(),
      kind: "TEST",
      childId: null,
      byActorId: "somebody",
      at,
      because: null,
      sealed: "content",
      sha256: "0".repeat(64),
      madeAt: at,
      fetchedAt: null,
      obligationId: null,
      expiresAt,
    });
    const [emails, files] = [
      [email(ago(29)), email(ago(32))],
      [file(ago(-1), ago(1)), file(ago(1), ago(20))],
    ];
    await db.insert(OutboxEmailRow, emails);
    await db.insert(ExportFileRow, files);
    await our.eraseDue();
    expect((await db.find(OutboxEmailRow)).map(({ id }) => id)).toEqual([emails[0]?.id]);
    const kept = await db.find(ExportFileRow, { order: { id: "ASC" } });
    expect(kept.map(({ sealed, sha256 }) => [sealed, sha256])).toEqual([
      ["content", "0".repeat(64)],
      [null, "0".repeat(64)],
    ]);
  });

  it("keeps notices of the police while their thread goes on, and the last of a force always", async () => {
    our.at("2026-04-02T10:00:00Z");
    const { hub, db } = our;
    const notice = (sequence: number, logNumber: string, year: number): PoliceIncidentRow => ({
      id: hub.newId(),
      forceIdentifier: 12,
      sequence,
      submissionId: `s-${sequence}`,
      logNumber,
      bodyHash: "0".repeat(64),
      document: "sealed",
      receivedAt: new Date(`${year}-01-05T00:00:00Z`),
    });
    const rows = [notice(1, "a", 2010), notice(2, "b", 2011), notice(3, "b", 2024), notice(4, "c", 2012)];
    await db.insert(PoliceIncidentRow, rows);
    await our.eraseDue();
    const left = await db.find(PoliceIncidentRow, { order: { sequence: "ASC" } });
    expect(left.map(({ sequence }) => sequence)).toEqual([2, 3, 4]);
  });
});
