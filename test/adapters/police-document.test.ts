import { describe, expect, it } from "vitest";
import { searchKeysFor, searchKeysOf } from "../../src/adapters/police/search-keys.ts";
import { readIncident } from "../../src/adapters/police/standard-data-model.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { documentOf, type IncidentDocument } from "../../simulators/police/incident-document.ts";
import { memoryInbox } from "../support/police-inbox.ts";
import { at, PERSONAL, send, spoilt, type Errors } from "../support/police-sender.ts";
import { aNotice, aPerson } from "../support/police-town.ts";

describe("a document that is not as agreed", () => {
  const relationships = (document: IncidentDocument) => document.data.relationships!;

  it.each<[string, string, (document: IncidentDocument) => void]>([
    ["/data/type", "type must be incident", ({ data }) => (data.type = "event")],
    ["/included", "included is required", (document) => Reflect.deleteProperty(document, "included")],
    [
      "/data/attributes/incidentDescription",
      "incidentDescription is required",
      ({ data }) => Reflect.deleteProperty(data.attributes, "incidentDescription"),
    ],
    [
      "/data/attributes/incidentDescription",
      "incidentDescription must be at most 10000 characters",
      ({ data }) => (data.attributes["incidentDescription"] = "Quill ".repeat(2_000)),
    ],
    [
      "/data/attributes/incidentDescription",
      "incidentDescription holds characters that cannot be stored",
      ({ data }) => (data.attributes["incidentDescription"] = "Quill\0"),
    ],
    [
      "/data/attributes/unknown/0",
      "unknown holds characters that cannot be stored",
      ({ data }) => (data.attributes["unknown"] = ["\uD800"]),
    ],
    [
      "/data/attributes/incidentStartDateTime/dateFrom",
      "dateFrom must be an ISO 8601 date and time with a zone",
      ({ data }) => (data.attributes["incidentStartDateTime"] = { dateFrom: "2016-04-05 18:30" }),
    ],
    [
      "/data/attributes/incidentStartDateTime/dateFrom",
      "dateFrom must lie between the years 1900 and 2199",
      ({ data }) => (data.attributes["incidentStartDateTime"] = { dateFrom: "9999-12-31T23:59:59-01:00" }),
    ],
    [
      "/included/0/attributes/submissionId",
      "submissionId must be letters, digits and . / : _ - only",
      (document) => (at(document, 0)["submissionId"] = "Tamsin Quill, 1"),
    ],
    [
      "/included/0/attributes/forceIdentifier",
      "forceIdentifier must be a whole number",
      (document) => (at(document, 0)["forceIdentifier"] = "Quill"),
    ],
    [
      "/included/1/attributes/handlingCode",
      "handlingCode is required",
      (document) => Reflect.deleteProperty(at(document, 1), "handlingCode"),
    ],
    [
      "/included/1/attributes/childDetails/0/person",
      "person names a person who is not included",
      (document) => (at(document, 1)["childDetails"] = [{ person: "Tamsin" }]),
    ],
    [
      "/included/1/attributes/childDetails/0/present",
      "present must be true or false",
      (document) => (at(document, 1)["childDetails"] = [{ person: "per-1", present: "Quill" }]),
    ],
    [
      "/included/1/attributes/statedRelationships/0/to",
      "to names a person who is not included",
      (document) => (at(document, 1)["statedRelationships"] = [{ from: "per-1", to: "Quill", type: "AUNT_UNCLE" }]),
    ],
    [
      "/included/2/attributes/dateOfBirth",
      "dateOfBirth must be an ISO 8601 date",
      (document) => (at(document, 2)["dateOfBirth"] = "2016-02-30"),
    ],
    ["/included/2/attributes/surname", "surname must be text", (document) => (at(document, 2)["surname"] = ["Quill"])],
    [
      "/included/2/id",
      "id must be letters, digits, _ and - only",
      (document) => {
        document.included[2]!.id = "Tamsin Q";
        at(document, 1)["childDetails"] = [];
        relationships(document)["subjectChild"] = { data: { type: "person", id: "Tamsin Q" } };
      },
    ],
    [
      "/data/relationships/submission",
      "submission must name exactly one submission",
      (document) => Reflect.deleteProperty(relationships(document), "submission"),
    ],
    [
      "/data/relationships/publicProtectionNotice",
      "publicProtectionNotice must name exactly one publicProtectionNotice",
      (document) => (relationships(document)["publicProtectionNotice"] = { data: [] }),
    ],
    [
      "/data/relationships/victim/data/1",
      "victim names a resource that is not included",
      (document) =>
        (relationships(document)["victim"] = {
          data: [
            { type: "person", id: "per-1" },
            { type: "person", id: "Quill" },
          ],
        }),
    ],
    [
      "/included/2/relationships/currentAddress/data",
      "currentAddress names a resource that is not included",
      (document) =>
        (document.included[2]!.relationships = { currentAddress: { data: { type: "location", id: "Invented Row" } } }),
    ],
    ["/included/4/id", "id is used twice for one type", ({ included }) => included.push(structuredClone(included[2]!))],
    [
      "/included",
      "included must have at most 500 entries",
      ({ included }) => {
        for (let count = 0; count < 500; count += 1)
          included.push({ type: "vehicle", id: `v-${count}`, attributes: {} });
      },
    ],
    [
      "/included",
      "included must hold at most 100 people",
      ({ included }) => {
        for (let count = 2; count < 102; count += 1) included.push({ ...included[2]!, id: `per-${count}` });
      },
    ],
  ])("is answered with %s", async (pointer, detail, spoil) => {
    const inbox = memoryInbox();
    const { status, body } = await send({ inbox, document: spoilt(spoil) });
    expect(status).toBe(422);
    expect((body as Errors).errors).toEqual([
      { id: "e-1", status: "422", code: "SCHEMA", title: "The document is not as agreed", detail, source: { pointer } },
    ]);
    for (const text of PERSONAL) expect(JSON.stringify(body)).not.toContain(text);
    expect(inbox.entries).toEqual([]);
  });

  it("is answered with every fault at once", async () => {
    const document = spoilt((document) => {
      at(document, 2)["dateOfBirth"] = "5 April";
      at(document, 3)["postcode"] = "far too long for one";
      Reflect.deleteProperty(at(document, 1), "trigger");
    });
    const { body } = await send({ document });
    expect((body as Errors).errors.map(({ source }) => source?.pointer)).toEqual([
      "/included/1/attributes/trigger",
      "/included/2/attributes/dateOfBirth",
      "/included/3/attributes/postcode",
    ]);
  });
});

describe("reading an incident", () => {
  it("keeps codes nobody knows", () => {
    const document = spoilt((document) => {
      Object.assign(at(document, 1), { ppnType: "NEW_TYPE", trigger: "NEW_TRIGGER", riskGrading: "VERY_HIGH" });
      at(document, 2)["gender"] = "GNDR_0099";
      document.included.push({ type: "vehicle", id: "v-1", attributes: { colour: "red" } });
    });
    expect(readIncident(document)).toMatchObject({
      ok: true,
      incident: {
        noticeType: "NEW_TYPE",
        trigger: "NEW_TRIGGER",
        riskGrading: "VERY_HIGH",
        people: [{ genderCode: "GNDR_0099" }],
      },
    });
  });

  it("takes local and submission-wide ids for one person", () => {
    const notice = aNotice();
    expect(readIncident(documentOf(notice, `${notice.submissionId}.`))).toEqual(readIncident(documentOf(notice)));
  });

  it("writes instants in one zone", () => {
    const document = documentOf(aNotice({ happenedAt: "2026-07-01T00:30:00+01:00" }));
    expect(readIncident(document)).toMatchObject({ incident: { happenedAt: "2026-06-30T23:30:00.000Z" } });
  });
});

describe("search keys", () => {
  it("reach somebody whose age was guessed", () => {
    const undated = aPerson({ bornOn: null, approximateAge: 8 });
    const reading = readIncident(documentOf(aNotice({ people: [undated] })));
    const keys = reading.ok ? searchKeysOf(reading.incident) : [];
    expect(keys).toEqual(["Q400|~2018"]);
    expect(searchKeysFor({ surname: "Quil", bornOn: plainDate("2016-04-05") })).toContain(keys[0]);
    expect(searchKeysFor({ surname: "Quil", bornOn: plainDate("2013-04-05") })).not.toContain(keys[0]);
  });
});
