// Somebody asks what the hub holds about a child: a clock, a copy without other people, given once; and what could lead to a child in
// hiding is not in it.

import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { makeCopiesDue } from "../../src/services/subject-access.ts";
import { ExportFileRow } from "../../src/store/rows-audit.ts";
import { ChildShieldRow } from "../../src/store/rows-access.ts";
import { everythingInTables } from "../support/dump.ts";
import { ENGINES } from "../support/engines.ts";
import { DPO, type Keeping, startKeeping } from "../support/kept-child.ts";
import { fillPost } from "../support/posts.ts";

const FIELDS = "id childId because receivedAt dueOn obligationId madeAt expiresAt fetchedAt sha256 answeredAt";
const REQUEST = `mutation ($input: RequestSubjectAccess!) { requestSubjectAccess(input: $input) { ${FIELDS} } }`;
const FETCH = `mutation ($id: ID!) { fetchSubjectAccess(id: $id) { content request { ${FIELDS} } } }`;
const AGAIN = `mutation ($id: ID!) { makeSubjectAccessAgain(id: $id) { ${FIELDS} } }`;
const ANSWER = `mutation ($id: ID!) { answerSubjectAccess(id: $id) { ${FIELDS} } }`;
const LIST = `query ($open: Boolean!) { subjectAccessRequests(open: $open) { edges { node { ${FIELDS} } } } }`;
const CHILD = `query ($id: ID!) { child(id: $id) { demographics { names { surname } } } }`;
const OBLIGATION = `query ($id: ID!) { obligation(id: $id) { rule state teamId agencyId } }`;
const STEP = `mutation ($step: RecordStep!) { recordStep(step: $step) { step { id } } }`;

describe("subject access", () => {
  let our: Keeping;
  let childId = "";
  let requestId = "";
  const words =
    "Her teacher Ottoline Fairweather (ottoline@school.example, 01632 960777) says her aunt at OX97 3ZZ knows.";
  const input = (more: Record<string, unknown> = {}) => ({
    key: "subject-access-1",
    childId,
    receivedAt: "2026-04-02T09:00:00.000Z",
    because: "Her mother, with parental responsibility; passport seen.",
    ...more,
  });
  const make = () => makeCopiesDue(our.hub, clockCaller(our.hub, "sweep"));
  const fetched = async (id: string) => {
    const { content, request } = (await our.ok(DPO, FETCH, { id })).fetchSubjectAccess;
    return { content: content as string, copy: JSON.parse(content), request };
  };

  beforeAll(async () => {
    our = await startKeeping(ENGINES[0]!, 2);
    childId = await our.idOf(our.children[0]!);
    await fillPost(our.hub, { role: "PRACTITIONER", holderId: "of", holderName: "Ottoline Fairweather" });
    await our.refer(childId, words);
    await our.challenge(childId, words);
    await our.ok("social-worker", CHILD, { id: childId });
  });
  afterAll(() => our.world.close());

  it("is for whoever answers for data protection, and recorded by nobody as a step", async () => {
    for (const who of ["mash-manager", "social-worker", "board-manager", "nobody"])
      expect(await our.ask(who, REQUEST, { input: input() })).toMatchObject({ code: "NOT_ALLOWED" });
    const happenedAt = our.hub.now().toISOString();
    for (const kind of ["SUBJECT_ACCESS_REQUESTED", "SUBJECT_ACCESS_ANSWERED"])
      expect(
        await our.ask("mash-manager", STEP, { step: { key: "a-step-by-hand", kind, childId, happenedAt } }),
      ).toMatchObject({ code: "NOT_ALLOWED" });
  });

  it("starts the clock of one month, once, for the partnership's office", async () => {
    const first = (await our.ok(DPO, REQUEST, { input: input() })).requestSubjectAccess;
    expect(first).toMatchObject({ childId, dueOn: "2026-05-02", madeAt: null, answeredAt: null });
    expect((await our.ok(DPO, REQUEST, { input: input() })).requestSubjectAccess).toEqual(first);
    expect(await our.ask(DPO, REQUEST, { input: input({ receivedAt: "2026-04-01T09:00:00.000Z" }) })).toMatchObject({
      code: "CONFLICT",
    });
    expect(
      await our.ask(DPO, REQUEST, {
        input: input({ key: "subject-access-2", receivedAt: "2027-04-01T09:00:00.000Z" }),
      }),
    ).toMatchObject({ code: "BAD_INPUT" });
    const { obligation } = await our.ok("mash-manager", OBLIGATION, { id: first.obligationId });
    expect(obligation).toEqual({
      rule: "subject-access",
      state: "OPEN",
      teamId: "partnership-office",
      agencyId: "partnership",
    });
    requestId = first.id;
  });

  it("makes a copy without other people, sealed until it is fetched", async () => {
    expect(await our.ask(DPO, FETCH, { id: requestId })).toMatchObject({ code: "WRONG_STEP" });
    await make();
    const row = await our.db.findOneByOrFail(ExportFileRow, { id: requestId });
    const lines = (await everythingInTables(our.hub.db)).filter((line) => line.startsWith("export_file "));
    expect(lines.filter((line) => line.includes("says her aunt") || line.includes("passport"))).toEqual([]);
    const { content, copy, request } = await fetched(requestId);
    expect(createHash("sha256").update(content).digest("hex")).toBe(row.sha256);
    expect(request.sha256).toBe(row.sha256);
    const { forTheFamily: family, forTheOfficer: officer } = copy;
    expect(family.referrals[0].concern).toBe(
      "Her teacher [left out] ([left out], [left out]) says her aunt at [left out] knows.",
    );
    for (const gone of ["Ottoline", "Fairweather", "960777", "OX97", "Hannah Osei", "social-worker"])
      expect(content).not.toContain(gone);
    expect(family.agenciesThatHoldRecords).toContain("Oxfordshire health");
    expect(family.challenges[0].history[0].words).toContain("[left out]");
    expect(family.clocks.map(({ what }: { what: string }) => what).length).toBeGreaterThan(0);
    expect(
      family.comparedBy.flatMap(({ values }: { values: { surname?: string[] } }) => values.surname ?? []),
    ).toContain(our.children[0]!.surname.toLowerCase());
    expect(family.whoSawIt).toContainEqual(
      expect.objectContaining({ by: "SOCIAL_WORKER", what: "child.read", refused: false }),
    );
    expect(officer.readBefore).toContain("referrals[0].concern");
    expect(officer.leftOut[0].howMany).toBeGreaterThan(3);
  });

  it("gives it once, and makes it again where it was lost or has expired", async () => {
    expect(await our.ask(DPO, FETCH, { id: requestId })).toMatchObject({
      code: "WRONG_STEP",
      message: expect.stringContaining("was fetched"),
    });
    expect((await our.db.findOneByOrFail(ExportFileRow, { id: requestId })).sealed).toBeNull();
    await our.ok(DPO, AGAIN, { id: requestId });
    await make();
    our.at("2026-04-17T23:30:00Z");
    await our.eraseDue();
    expect(await our.ask(DPO, FETCH, { id: requestId })).toMatchObject({
      code: "WRONG_STEP",
      message: expect.stringContaining("expired"),
    });
    for (const query of [FETCH, AGAIN, ANSWER])
      expect(await our.ask("mash-manager", query, { id: requestId })).toMatchObject({ code: "NOT_ALLOWED" });
    expect(await our.ask(DPO, FETCH, { id: our.hub.newId() })).toMatchObject({ code: "NOT_FOUND" });
  });

  it("leaves out what could lead to a child in hiding, and does not say why to the family", async () => {
    const shield = {
      id: our.hub.newId(),
      childId,
      kind: "DOMESTIC_ABUSE" as const,
      because: "Fled from the father.",
      namedOutActorId: null,
    };
    const by = {
      byActorId: "mash-manager",
      agencyId: "social-care",
      at: our.hub.now(),
      reviewAt: our.hub.now(),
      obligationId: null,
    };
    await our.db.insert(ChildShieldRow, {
      ...shield,
      ...by,
      liftedAt: null,
      liftedByActorId: null,
      liftedBecause: null,
    });
    await our.ok(DPO, AGAIN, { id: requestId });
    await make();
    const { copy } = await fetched(requestId);
    const family = JSON.stringify(copy.forTheFamily);
    const { postcode, upn } = our.children[0]!;
    for (const lead of [postcode, upn, "Fled", "shield", "DOMESTIC_ABUSE", "Oxfordshire schools", "Oxfordshire health"])
      expect(family.replaceAll("adoption was shielded", "")).not.toContain(lead);
    expect(copy.forTheOfficer.notice).toContain("shield");
    expect(copy.forTheOfficer.askForTheirRecords).toContain("health");
  });

  it("meets the clock once whoever asked was answered", async () => {
    const answered = (await our.ok(DPO, ANSWER, { id: requestId })).answerSubjectAccess;
    expect(answered.answeredAt).not.toBeNull();
    expect((await our.ok(DPO, ANSWER, { id: requestId })).answerSubjectAccess).toEqual(answered);
    const { obligation } = await our.ok("mash-manager", OBLIGATION, { id: answered.obligationId });
    expect(obligation.state).toBe("MET");
    const listed = async (open: boolean) => (await our.ok(DPO, LIST, { open })).subjectAccessRequests.edges.length;
    expect([await listed(true), await listed(false)]).toEqual([0, 1]);
  });

  it("refuses a child whom the hub does not know", async () => {
    const unknown = input({ key: "subject-access-9", childId: our.hub.newId() });
    expect(await our.ask(DPO, REQUEST, { input: unknown })).toMatchObject({ code: "NOT_FOUND" });
  });
});
