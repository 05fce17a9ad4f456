import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IdentityLinkRow } from "../../src/store/rows-identity.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { AgencyRecordRow } from "../../src/store/rows.ts";
import { noteRecords, markGone } from "../../src/services/records.ts";
import { home, nhs, NHS, RECORDS, UPN, upn } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type FakeRecord, person, provenanceOf } from "../support/fake-system.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { recordAt } from "../support/record-rows.ts";

const FIND = `query ($kind: IdentifierKind!, $value: String!) { childByIdentifier(identifier: { kind: $kind, value: $value }) { id } }`;
const WHERE = `query ($id: ID!) { child(id: $id) { demographics { addresses { lines } heldBy { preferred } }
  records { agencyId recordId } family { relationships { role name bornOn personId withheldBecause } } } }`;

describe.each(ENGINES)("on $name, what the hub believes of a record", (engine) => {
  let world: LightHub;
  const db = () => world.open.hub.db.manager;
  const find = async (kind: string, value: string) => world.ask("social-worker", FIND, { kind, value });
  const put = async (agencyId: string, record: FakeRecord) => {
    world.systems.get(agencyId)!.put(record);
    await world.collectAll();
    return recordAt(db(), agencyId, record.recordId);
  };
  const note = (agencyId: string, { recordId, restricted = false, demographics }: FakeRecord) =>
    noteRecords(world.open.hub, { agencyId, records: [{ recordId, restricted, demographics }] });

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterAll(() => world?.close());

  it("ends when the record becomes another child's", async () => {
    const was = { forename: "Ibrahim", surname: "Akhtar", bornOn: "2013-01-05", identifiers: [nhs("9990370419")] };
    const before = await put("health", { recordId: "p-reused", demographics: person("p-reused", was) });
    const zainab = person("p-reused", {
      forename: "Zainab",
      surname: "Noor",
      bornOn: "2015-08-09",
      identifiers: [nhs("9990740828")],
    });
    await note("health", { recordId: "p-reused", demographics: zainab });
    const after = await db().findOneByOrFail(AgencyRecordRow, { id: before.id });
    expect(after.personId).not.toBe(before.personId);
    const links = await db().find(IdentityLinkRow, {
      where: { recordRowId: before.id },
      order: { at: "ASC", id: "ASC" },
    });
    expect(links.map(({ personId }) => personId)).toEqual([before.personId, after.personId]);
    expect(links[1]!.because).toContain("The record changed and is another's now");
  });

  it("stays when the record is only corrected", async () => {
    const was = { forename: "Lena", surname: "Kowalska", bornOn: "2012-12-01", identifiers: [nhs("9990864292")] };
    const before = await put("health", { recordId: "p-corrected", demographics: person("p-corrected", was) });
    await note("health", {
      recordId: "p-corrected",
      demographics: person("p-corrected", { ...was, bornOn: "2012-01-12", surname: "Kowalski" }),
    });
    const after = await db().findOneByOrFail(AgencyRecordRow, { id: before.id });
    expect(after.personId).toBe(before.personId);
  });

  it("does not join a twin to the other by a copied number", async () => {
    const twin = { surname: "Ward", bornOn: "2014-07-24", addresses: [home("OX99 7AA")] };
    const sophia = await put("education", {
      recordId: "A1.sophia",
      demographics: person("A1.sophia", { ...twin, forename: "Sophia", identifiers: [upn("H931123420002")] }),
    });
    const copied = { kind: "UPN" as const, value: "H931123420002", verified: false };
    const jayden = await put("social-care", {
      recordId: "LA-JAYDEN",
      demographics: person("LA-JAYDEN", { ...twin, forename: "Jayden", identifiers: [copied] }),
    });
    expect(jayden.personId).not.toBe(sophia.personId);
  });

  it("keeps a restriction when the record that carried it is gone", async () => {
    const fled = {
      forename: "Mina",
      surname: "Shah",
      bornOn: "2016-06-06",
      identifiers: [nhs("9990987769")],
      addresses: [home("OX99 5NG", "8 New Start")],
    };
    await put("health", { recordId: "p-mina", demographics: person("p-mina", fled) });
    const school = { recordId: "A1.mina", restricted: true, demographics: person("A1.mina", fled) };
    await put("education", school);
    await markGone(world.open.hub, "education", ["A1.mina"]);
    await note("health", { recordId: "p-mina", demographics: person("p-mina", fled) });
    const { data } = await find("NHS_NUMBER", "9990987769");
    const { data: shown, text } = await world.ask("social-worker", WHERE, { id: data.childByIdentifier.id });
    expect(shown.child.demographics.addresses).toBeNull();
    expect(text).not.toContain("New Start");
  });

  it("does not name a restricted relative in another child's family", async () => {
    const sister = { forename: "Hidden", surname: "Marsh", bornOn: "2012-02-02", identifiers: [nhs("9991111239")] };
    await put("health", { recordId: "p-hidden", restricted: true, demographics: person("p-hidden", sister) });
    const brother = person("LA-BRO", {
      forename: "Open",
      surname: "Marsh",
      bornOn: "2010-10-10",
      identifiers: [upn("D353200121003")],
    });
    await put("social-care", {
      recordId: "LA-BRO",
      demographics: brother,
      relationships: [
        {
          role: "SIBLING",
          otherRecordId: null,
          otherName: { use: "OFFICIAL", forenames: ["Hidden"], surname: "Marsh" },
          otherBornOn: null,
          otherIdentifiers: [nhs("9991111239")],
          parentalResponsibility: null,
          mainCarer: null,
          livesWithChild: true,
          fromOn: null,
          untilOn: null,
          provenance: provenanceOf("LA-BRO"),
        },
      ],
    });
    const { data } = await find("UPN", "D353200121003");
    const { data: shown, text } = await world.ask("social-worker", WHERE, { id: data.childByIdentifier.id });
    expect(shown.child.family.relationships).toMatchObject([{ role: "SIBLING", name: null, personId: null }]);
    expect(shown.child.family.relationships[0].withheldBecause).toContain("restricted");
    expect(text).not.toContain("Hidden Marsh");
  });

  it("is not told by a local number of another agency", async () => {
    await put("health", {
      recordId: "LA-0001",
      demographics: person("LA-0001", { forename: "Other", surname: "Child", bornOn: "2011-11-11" }),
    });
    const council = await find("LA_CHILD_ID", "LA-0001");
    const byNumber = await find("NHS_NUMBER", NHS);
    expect(council.data.childByIdentifier.id).toBe(byNumber.data.childByIdentifier.id);
    const anywhere = await find("LOCAL_ID", "LA-0001");
    expect(anywhere.errors[0]!.extensions.code).toBe("CONFLICT");
    expect((await find("UPN", UPN)).data.childByIdentifier.id).toBe(byNumber.data.childByIdentifier.id);
  });

  it("tells nobody that an adult is known, and leaves a record of every search", async () => {
    await put("police", {
      recordId: "PPN-1.per-1",
      demographics: person("PPN-1.per-1", { forename: "Grown", surname: "Upman", bornOn: "1980-01-02" }),
    });
    const before = await db().countBy(AuditRow, { what: "child.find" });
    const { data } = await world.ask(
      "teacher",
      `query ($search: ChildSearch!) { findChildren(search: $search) { totalCount edges { cursor } sources { agency { id } status } } }`,
      { search: { surname: "Upman", bornOn: "1980-01-02" } },
    );
    expect(data.findChildren).toMatchObject({ totalCount: 0, edges: [] });
    expect(new Set(data.findChildren.sources.map(({ status }: any) => status))).toEqual(new Set(["NOTHING_RECORDED"]));
    expect(await db().countBy(AuditRow, { what: "child.find" })).toBe(before + 1);
  });
});
