// An old identity that is sealed: one officer knows, and for everybody else it was never there.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEMO_PEOPLE } from "../../simulators/issuer/people.ts";
import type { StatedRelationship } from "../../src/domain/statements.ts";
import { Referral } from "../../src/schema/referral.ts";
import { noteRecords } from "../../src/services/records.ts";
import { IdentityLinkRow, IdentityReviewRow, LinkKeyRow, SealedKeyRow } from "../../src/store/rows-identity.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import { home, nhs, upn } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { person, provenanceOf } from "../support/fake-system.ts";
import { OFFICER, type SealedStory, startSealedStory } from "../support/sealed-story.ts";
import { makeChild, nhsNumber, seal } from "../support/sealed-world.ts";
import { rowsOfRecord } from "../support/record-rows.ts";

const SUBMIT = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id } }`;
const STEP = `mutation ($step: RecordStep!) { recordStep(step: $step) { opened { id } } }`;
const RAISE = `mutation ($input: RaiseEscalation!) { raiseEscalation(escalation: $input) { id } }`;
const CHILD = `query ($id: ID!) { child(id: $id) { id } }`;
const REFERRAL = `query ($id: ID!) { referral(id: $id) { id } }`;
const SEALED = `query { sealedIdentities(first: 100) { edges { node { childId kind because byActorId records work } } } }`;
const WORK = `query ($childId: ID!) { sealedWork(childId: $childId) { what content } }`;
const WAITING = `query { quarantinedRecords { edges { node { id } } } }`;
const DECIDE = `mutation ($input: DecideQuarantine!) { decideQuarantine(input: $input) { id } }`;
const why = "Checked with the agency, synthetic.";

describe.each(ENGINES)("on $name, a sealed identity", (engine) => {
  let our: SealedStory;

  beforeAll(async () => {
    our = await startSealedStory(engine);
  });
  beforeEach(() => our.next());
  afterAll(() => our?.world.close());

  it("is for one officer alone: everybody else is refused alike, whether anything is sealed or not", async () => {
    const nobodys = "01900000-0000-7000-8000-000000000000";
    const others = DEMO_PEOPLE.map(({ key }) => key).filter((name) => name !== OFFICER);
    expect(others.length).toBeGreaterThan(8);
    const refusals = async (id: string) => {
      const said: string[] = [];
      for (const as of others) {
        const { code: sealing, message } = await seal(our.world, { childId: id }, as);
        const rest = [
          await our.code(as, SEALED, {}),
          await our.code(as, WORK, { childId: id }),
          await our.code(as, WAITING, {}),
          await our.code(as, DECIDE, { input: { id, decision: "SEAL", because: why } }),
        ];
        expect([as, sealing, ...rest]).toEqual([as, ...Array.from({ length: 5 }, () => "NOT_ALLOWED")]);
        said.push(`${as} ${message}`);
      }
      return said;
    };
    const before = await refusals(our.childId);
    expect(await refusals(nobodys)).toEqual(before);
    expect((await seal(our.world, { childId: our.childId })).code).toBeNull();
    expect(await refusals(our.childId)).toEqual(before);
  });

  it("is not to be found: not by id, number or search", async () => {
    const unknown = makeChild(our.random, 90);
    await seal(our.world, { childId: our.childId });
    for (const as of ["social-worker", "mash-manager", "teacher", OFFICER])
      expect((await our.world.ask(as, CHILD, { id: our.childId })).data?.child ?? null).toBeNull();
    expect(await our.byNumber("NHS_NUMBER", our.old.nhs)).toBeNull();
    expect(await our.byNumber("UPN", our.old.upn)).toBeNull();
    // An agency that still finds it says as much as one that finds nobody.
    expect(await our.find(our.old)).toEqual(await our.find(unknown));
    expect((await our.find(our.old)).edges).toEqual([]);
  });

  it("leaves no key, belief or pointer", async () => {
    const rows = await our.db.findBy(AgencyRecordRow, { personId: our.childId });
    expect(rows.length).toBeGreaterThanOrEqual(3);
    await seal(our.world, { childId: our.childId });
    for (const { id: recordRowId } of rows) {
      expect(await our.db.countBy(LinkKeyRow, { recordRowId })).toBe(0);
      expect(await our.db.countBy(IdentityLinkRow, { recordRowId })).toBe(0);
      expect(await our.db.countBy(AgencyRecordRow, { id: recordRowId })).toBe(0);
    }
    expect((await our.db.findOneByOrFail(PersonRow, { id: our.childId })).sealedAt).not.toBeNull();
  });

  it("is not sealed while work is open: the officer hears how much, and nothing is forgotten", async () => {
    const referral = {
      key: `open-work-${our.at}`,
      childId: our.childId,
      concern: "Hungry again.",
      level: "level-3",
      immediateDanger: false,
    };
    const { id } = (await our.world.ask("teacher", SUBMIT, { referral })).data.submitReferral;
    const refused = await seal(our.world, { childId: our.childId });
    expect(refused.code).toBe("WRONG_STEP");
    expect(refused.message).toContain("1 referrals, 1 obligations");
    expect((await our.world.ask("teacher", CHILD, { id: our.childId })).data.child.id).toBe(our.childId);
    const step = {
      kind: "REFERRAL_DECIDED",
      outcome: "NO_FURTHER_ACTION",
      followsId: id,
      happenedAt: our.world.open.hub.now(),
    };
    await our.world.ask("mash-manager", STEP, { step: { ...step, key: `decided-work-${our.at}` } });
    expect((await seal(our.world, { childId: our.childId })).code).toBeNull();
    // What the hub had done is out of every table, and opens for the officer.
    expect(await our.db.countBy(Referral, { childId: our.childId })).toBe(0);
    for (const as of ["teacher", "mash-manager", OFFICER]) expect(await our.code(as, REFERRAL, { id })).not.toBeNull();
    expect(await our.code("mash-manager", REFERRAL, { id })).toBe("NOT_FOUND");
    const { sealedWork } = (await our.world.ask(OFFICER, WORK, { childId: our.childId })).data;
    const kinds = new Set(sealedWork.map(({ what }: { what: string }) => what));
    expect(kinds).toContain("obligation_event");
    const kept = sealedWork.find(({ what }: { what: string }) => what === "referral");
    expect(JSON.parse(kept.content)).toMatchObject({ id, concern: "Hungry again." });
  });

  it("takes no new work", async () => {
    await seal(our.world, { childId: our.childId });
    const referral = { key: `late-work-${our.at}`, concern: "Seen again.", level: "level-3", immediateDanger: false };
    expect(await our.code("teacher", SUBMIT, { referral: { ...referral, childId: our.childId } })).toBe("NOT_FOUND");
    const step = {
      key: `late-work-${our.at}-step`,
      kind: "RETURNED_FROM_MISSING",
      childId: our.childId,
      happenedAt: our.world.open.hub.now(),
    };
    expect(await our.code("social-worker", STEP, { step })).toBe("NOT_FOUND");
    const challenge = {
      key: `late-work-${our.at}-raise`,
      childId: our.childId,
      category: "THRESHOLD",
      againstAgencyId: "social-care",
      evidence: "No answer.",
      wantedOutcome: "A visit.",
      immediateRisk: false,
    };
    expect(await our.code("teacher", RAISE, { input: challenge })).toBe("NOT_FOUND");
  });

  it("is on the officer's list, with the officer's words, and in the audit as an act on an id", async () => {
    await seal(our.world, { childId: our.childId, kind: "PROTECTED_IDENTITY", because: "Order of the court." });
    const { edges } = (await our.world.ask(OFFICER, SEALED)).data.sealedIdentities;
    const [node] = edges.map((edge: { node: unknown }) => edge.node);
    expect(node).toMatchObject({
      childId: our.childId,
      kind: "PROTECTED_IDENTITY",
      because: "Order of the court.",
      work: 0,
    });
    const [act] = await our.db.findBy(AuditRow, { what: "records.sealed", subjectId: our.childId, allowed: true });
    expect(act).toMatchObject({ role: "SEALED_RECORDS_OFFICER", rule: "sealed-records-officer" });
  });

  it("is not named in a brother's family, and leaves no gap there", async () => {
    const own = nhsNumber(800_000 + our.at);
    const recordId = `brother-${our.at}`;
    const claim = (role: StatedRelationship["role"], more: Partial<StatedRelationship>): StatedRelationship => ({
      role,
      otherRecordId: null,
      otherName: {
        use: "OFFICIAL",
        forenames: [role === "SIBLING" ? our.old.forename : "Ines"],
        surname: our.old.surname,
      },
      otherBornOn: null,
      otherIdentifiers: [],
      parentalResponsibility: null,
      mainCarer: null,
      livesWithChild: null,
      fromOn: null,
      untilOn: null,
      provenance: provenanceOf(recordId),
      ...more,
    });
    const who = { forename: "Bram", surname: `Other${our.at}`, bornOn: "2009-05-06", identifiers: [nhs(own)] };
    await our.put("health", {
      recordId,
      demographics: person(recordId, who),
      relationships: [
        claim("SIBLING", { otherIdentifiers: [nhs(our.old.nhs)] }),
        claim("SIBLING", { otherRecordId: our.old.records["health"]!.recordId }),
        claim("MOTHER", {}),
      ],
    });
    const names = async () =>
      (await our.byNumber("NHS_NUMBER", own)).family.relationships.map(({ name }: { name: string | null }) => name);
    expect(await names()).toHaveLength(3);
    await seal(our.world, { childId: our.childId });
    expect(await names()).toEqual([`Ines ${our.old.surname}`]);
  });

  it("says when others carry one of the numbers, and takes it from them only where told to", async () => {
    const wrong = makeChild(our.random, 95);
    const recordId = `typed-${our.at}`;
    const { forename, surname, bornOn, postcode } = wrong;
    const typed = {
      forename,
      surname,
      bornOn,
      addresses: [home(postcode)],
      identifiers: [upn(wrong.upn), nhs(our.old.nhs, false)],
    };
    const row = await our.put("education", { recordId, demographics: person(recordId, typed) });
    expect(row?.personId).not.toBe(our.childId);
    const refused = await seal(our.world, { childId: our.childId, dropDoubts: true });
    expect(refused).toMatchObject({ code: "CONFLICT", message: expect.stringContaining("1.") });
    expect(
      (await seal(our.world, { childId: our.childId, dropDoubts: true, alsoCarriedByOthers: true })).code,
    ).toBeNull();
    expect(await our.byNumber("NHS_NUMBER", our.old.nhs)).toBeNull();
    // They are known as before by all else, and read anew they are not held back.
    await our.readAnew();
    const child = await our.byNumber("UPN", wrong.upn);
    expect(child).toMatchObject({ id: row?.personId });
    expect(child.demographics.identifiers).toEqual([{ value: wrong.upn }]);
    const { data } = await our.world.ask(OFFICER, WAITING);
    expect(data.quarantinedRecords.edges).toEqual([]);
  });

  it("asks first about records in doubt, and drops the doubt where told to", async () => {
    const row = await our.put("police", our.old.doubtful);
    const doubt = { otherRecordRowId: row!.id };
    const doubts = () => our.db.countBy(IdentityReviewRow, [{ recordRowId: row!.id }, doubt]);
    expect(await doubts()).toBeGreaterThan(0);
    expect((await seal(our.world, { childId: our.childId })).code).toBe("CONFLICT");
    expect((await seal(our.world, { childId: our.childId, dropDoubts: true })).code).toBeNull();
    expect(await doubts()).toBe(0);
    const links = await our.db.findBy(IdentityLinkRow, { recordRowId: row!.id });
    expect(links.map(({ contributions, runnerUp }) => [contributions, runnerUp])).toEqual([[null, null]]);
  });

  it("does not come in by a record that is taken in at the very moment", async () => {
    const { hub } = our.world.open;
    for (let round = 0; round < 12; round += 1) {
      const one = makeChild(our.random, 30 + round);
      const health = one.records["health"]!;
      const found = { restricted: false, ...health };
      const known = await noteRecords(hub, { agencyId: "health", records: [found] });
      const id = known.get(health.recordId) ?? "";
      const { demographics } = found;
      const moved = { ...found, demographics: { ...demographics, addresses: [home("OX99 7ZZ")] } };
      const second = { restricted: false, ...one.records["social-care"]! };
      const [sealing] = await Promise.all([
        seal(our.world, { childId: id, dropDoubts: true, alsoCarriedByOthers: true }),
        noteRecords(hub, { agencyId: "health", records: [moved] }),
        noteRecords(hub, { agencyId: "social-care", records: [second] }),
      ]);
      expect(sealing.code).toBeNull();
      const recordIds = [health.recordId, second.recordId];
      // Whichever came first, the sealed record is gone, and the other is sealed with it or held back.
      const left = (await Promise.all(recordIds.map((recordId) => rowsOfRecord(our.db, recordId)))).flat();
      expect(left).toEqual([]);
      const key = hub.keyed(`nhs|${one.nhs}`).slice(0, 16);
      expect(await our.db.countBy(LinkKeyRow, { hash: key })).toBe(0);
      expect(await our.db.countBy(SealedKeyRow, { hash: hub.keyed(`sealed|nhs|${one.nhs}`) })).toBe(1);
    }
  });
});
