// Records that come in after an identity was sealed: the new identity's own, and those that still carry a number of the old.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IdentityReviewRow } from "../../src/store/rows-identity.ts";
import { PersonRow } from "../../src/store/rows.ts";
import { nhs, upn } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { OFFICER, type SealedStory, startSealedStory } from "../support/sealed-story.ts";
import { nhsNumber, seal } from "../support/sealed-world.ts";
import { findRecord } from "../support/record-rows.ts";

const WAITING = `query ($state: QuarantineState) { quarantinedRecords(state: $state, first: 100) {
  edges { node { id agencyId recordId carries state because } } } }`;
const DECIDE = `mutation ($input: DecideQuarantine!) { decideQuarantine(input: $input) { id state because } }`;
const INBOX = `query { myMessages(first: 100) { edges { node { kind says } } } }`;
const why = "Checked with the agency, synthetic.";

describe.each(ENGINES)("on $name, after a sealing", (engine) => {
  let our: SealedStory;
  const ofRecord = async (recordId: string) => {
    const { data } = await our.world.ask(OFFICER, WAITING);
    const all = data.quarantinedRecords.edges.map(({ node }: { node: unknown }) => node);
    return all.filter((each: { recordId: string }) => each.recordId === recordId);
  };
  const decide = (id: string, decision: string) =>
    our.world.ask(OFFICER, DECIDE, { input: { id, decision, because: why } });

  beforeAll(async () => {
    our = await startSealedStory(engine);
  });
  beforeEach(() => our.next());
  afterAll(() => our?.world.close());

  it.each([
    ["an adoption", "ADOPTION"],
    ["gender recognition", "GENDER_RECOGNITION"],
  ] as const)("for %s, leaves the new identity a child of its own, compared with nobody", async (_why, kind) => {
    const before = await our.db.count(IdentityReviewRow);
    await seal(our.world, { childId: our.childId, kind });
    const row = await our.put("health", our.renewed([nhs(nhsNumber(400_000 + our.at))]));
    expect(row?.personId).not.toBe(our.childId);
    expect(await our.db.count(IdentityReviewRow)).toBe(before);
    expect((await our.find({ surname: `Renwick${our.at}`, bornOn: our.old.bornOn })).edges).toHaveLength(1);
  });

  it.each([
    ["NHS number", "nhs", () => [nhs(our.old.nhs)]],
    ["UPN, at the same school", "upn", () => [upn(our.old.upn), nhs(nhsNumber(500_000 + our.at))]],
  ] as const)(
    "holds back a new record that still carries the old %s, once, and says so to nobody else",
    async (_n, field, ids) => {
      await seal(our.world, { childId: our.childId });
      const record = our.renewed(ids());
      const people = await our.db.count(PersonRow);
      for (let again = 0; again < 3; again += 1) {
        await our.db.query("DELETE FROM collect_cursor");
        expect(await our.put("education", record)).toBeNull();
        expect((await our.find({ surname: `Renwick${our.at}`, bornOn: our.old.bornOn })).edges).toEqual([]);
      }
      expect(await our.db.count(PersonRow)).toBe(people);
      expect(await ofRecord(record.recordId)).toMatchObject([
        { agencyId: "education", carries: [field], state: "WAITING" },
      ]);
      const told = (await our.world.ask(OFFICER, INBOX)).data.myMessages.edges;
      expect(told[0].node).toEqual({
        kind: "RECORD_WAITS",
        says: "A record waits for your decision: look at the quarantined records.",
      });
      expect((await our.world.ask("social-worker", INBOX)).data.myMessages.edges).toEqual([]);
      expect(our.world.logged.filter((line) => line.includes(record.recordId))).toEqual([]);
    },
  );

  it("lets a released record in without the number, and shows the number to nobody", async () => {
    await seal(our.world, { childId: our.childId });
    const own = nhsNumber(600_000 + our.at);
    const record = our.renewed([nhs(own), nhs(our.old.nhs, false)]);
    await our.put("health", record);
    const [entry] = await ofRecord(record.recordId);
    const { data } = await decide(entry!.id, "RELEASE");
    expect(data.decideQuarantine).toMatchObject({ state: "RELEASED", because: why });
    const child = await our.byNumber("NHS_NUMBER", own);
    expect(child.demographics.identifiers.map(({ value }: { value: string }) => value)).toEqual([own]);
    expect(child.id).not.toBe(our.childId);
    expect(await our.byNumber("NHS_NUMBER", our.old.nhs)).toBeNull();
    // Brought again it stays in; with another sealed number it waits again.
    await our.readAnew();
    expect(await ofRecord(record.recordId)).toMatchObject([{ state: "RELEASED" }]);
    const { demographics } = record;
    await our.put("health", {
      ...record,
      demographics: { ...demographics, identifiers: [nhs(own), upn(our.old.upn)] },
    });
    expect(await ofRecord(record.recordId)).toMatchObject([{ state: "WAITING", carries: ["upn"] }]);
  });

  it("decides nothing while the agency of a record does not answer", async () => {
    await seal(our.world, { childId: our.childId });
    const record = our.renewed([nhs(our.old.nhs)]);
    await our.put("health", record);
    const [entry] = await ofRecord(record.recordId);
    our.system("health").failWith("TIMEOUT");
    expect((await decide(entry!.id, "RELEASE")).errors[0]?.extensions.code).toBe("INCOMPLETE");
    our.system("health").failWith(null);
    expect(await ofRecord(record.recordId)).toMatchObject([{ state: "WAITING" }]);
    expect((await decide(entry!.id, "RELEASE")).data.decideQuarantine.state).toBe("RELEASED");
    expect(await findRecord(our.db, record.recordId)).not.toBeNull();
  });

  it("drops for good a record that is the old identity's own", async () => {
    await seal(our.world, { childId: our.childId });
    const record = our.renewed([nhs(our.old.nhs)]);
    await our.put("police", record);
    const [entry] = await ofRecord(record.recordId);
    await decide(entry!.id, "SEAL");
    expect((await decide(entry!.id, "RELEASE")).errors[0]?.extensions.code).toBe("CONFLICT");
    await our.db.query("DELETE FROM collect_cursor");
    // Even once it carries no such number.
    const { recordId, demographics } = record;
    expect(await our.put("police", { recordId, demographics: { ...demographics, identifiers: [] } })).toBeNull();
    expect(await ofRecord(recordId)).toMatchObject([{ state: "SEALED" }]);
  });

  it("also seals numbers that only the officer knew", async () => {
    const earlier = nhsNumber(700_000 + our.at);
    expect(
      (await seal(our.world, { childId: our.childId, identifiers: [{ kind: "LOCAL_ID", value: "12" }] })).code,
    ).toBe("BAD_INPUT");
    await seal(our.world, { childId: our.childId, identifiers: [{ kind: "NHS_NUMBER", value: earlier }] });
    const record = our.renewed([nhs(earlier)]);
    expect(await our.put("health", record)).toBeNull();
    expect(await ofRecord(record.recordId)).toHaveLength(1);
  });
});
