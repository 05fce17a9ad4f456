import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { batchXml } from "../../simulators/police/batch-file.ts";
import { makePoliceSimulator } from "../../simulators/police/police-simulator.ts";
import { aNotice, aPerson, aTown } from "../support/police-town.ts";

interface Manifest {
  sequence: string;
  count: number;
  files: { name: string; sha256: string; recordCount: number }[];
}

describe("a force's nightly batch", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "police-batch-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const town = aTown([aNotice()]);
  const makeForce = async (batchFolder: string | null = folder) => {
    const force = await makePoliceSimulator(town, { batchFolder });
    const post = (url: string, payload: object) => force.inject({ method: "POST", url, payload });
    return { post, batch: async (payload: object = {}) => (await post("/__sim/batch", payload)).json<Manifest>() };
  };

  it("is a file, its checksum and a manifest that lists it", async () => {
    const { batch, post } = await makeForce();
    await post("/__sim/clock", { now: "2026-03-03T05:30:00Z" });
    const manifest = await batch();
    const name = "PPN_990_20260303053000_000001.xml";
    expect((await readdir(folder)).sort()).toEqual(["MANIFEST_000001.json", name, `${name}.sha256`]);
    expect(JSON.parse(await readFile(join(folder, "MANIFEST_000001.json"), "utf8"))).toEqual(manifest);
    const xml = await readFile(join(folder, name), "utf8");
    const sha256 = createHash("sha256").update(xml).digest("hex");
    expect(manifest).toMatchObject({ count: 1, files: [{ name, sha256, recordCount: town.police.length }] });
    expect(await readFile(join(folder, `${name}.sha256`), "utf8")).toBe(`${sha256}  ${name}\n`);
    expect(xml.match(/<PPN reference=/g)).toHaveLength(town.police.length);
  });

  it("holds only what is new since the one before", async () => {
    const { batch, post } = await makeForce();
    await batch();
    const { submissionId } = (await post("/__sim/emit", { amend: aNotice().submissionId })).json<{
      submissionId: string;
    }>();
    const { files } = await batch();
    expect(files).toMatchObject([{ recordCount: 1 }]);
    const xml = await readFile(join(folder, files[0]!.name), "utf8");
    expect(xml).toContain(`reference="${submissionId}" logNumber="43260100000" amends="${aNotice().submissionId}"`);
  });

  it("leaves a gap in the numbers when told to", async () => {
    const { batch } = await makeForce();
    const numbers = [await batch(), await batch({ gap: true }), await batch()].map(({ sequence }) => sequence);
    expect(numbers).toEqual(["000001", "000003", "000004"]);
  });

  it("goes on counting after a restart, two at once too", async () => {
    await (await makeForce()).batch();
    const { batch } = await makeForce();
    const numbers = (await Promise.all([batch(), batch()])).map(({ sequence }) => sequence);
    expect(numbers).toEqual(["000002", "000003"]);
  });

  it("needs a folder, and an order it understands", async () => {
    expect((await (await makeForce(null)).post("/__sim/batch", {})).statusCode).toBe(400);
    expect((await (await makeForce()).post("/__sim/batch", { since: "yesterday" })).statusCode).toBe(400);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("the file of a batch", () => {
  it("names people as the officers did, with no national number", () => {
    const child = aPerson({
      forenames: ["Tamsin", "May"],
      surname: 'O\'Quill & "Sons"',
      bornOn: null,
      approximateAge: 9,
    });
    const adult = aPerson({ id: "per-2", role: "personReporting", child: false, sex: null });
    const notice = { ...aNotice(), description: "5 < 6", people: [child, adult] };
    const relationships = [{ from: "per-2", to: "per-1", type: "MOTHER" }];
    const head = { force: 990, sequence: "000412", createdAt: new Date("2026-02-23T05:30:00Z") };
    expect(batchXml(head, [{ ...notice, statedRelationships: relationships }])).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        '<PPNBatch forceId="990" sequence="000412" created="2026-02-23T05:30:00.000Z" recordCount="1" synthetic="true">',
        '<PPN reference="PPN-2026-0100000" logNumber="43260100000" type="CHILD_CONCERN" trigger="NEGLECT"',
        ' riskGrading="MEDIUM" handlingCode="P1" incidentDateTime="2026-02-01T18:30:00Z">',
        '<Incident><Description>5 &lt; 6</Description><Location uprn="100000000077"><Line>4 Invented Row</Line>',
        "<Town>Exampleton</Town><Postcode>OX99 8AA</Postcode></Location></Incident>",
        '<Person id="per-1" role="SUBJECT_CHILD"><GivenName>Tamsin</GivenName><GivenName>May</GivenName>',
        "<Surname>O'Quill &amp; &quot;Sons&quot;</Surname><ApproximateAge>9</ApproximateAge><Sex>F</Sex>",
        '<Child ordinarilyResident="true" present="true" witnessed="SAW"/></Person>',
        '<Person id="per-2" role="PERSON_REPORTING"><GivenName>Tamsin</GivenName><Surname>Quill</Surname>',
        "<DateOfBirth>2016-04-05</DateOfBirth></Person>",
        '<Relationship from="per-2" to="per-1" type="MOTHER"/></PPN></PPNBatch>\n',
      ].join(""),
    );
  });
});
