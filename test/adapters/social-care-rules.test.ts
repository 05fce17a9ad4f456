// What the council's rows mean, on both engines' common ground: the embedded one.

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Answer } from "../../src/adapters/agency-system.ts";
import { PARTS, itemsOf, type Part } from "../../src/domain/absence.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { SHIELDED } from "../support/social-care-town.ts";
import { startSocialCare, type SocialCareWorld } from "../support/social-care-world.ts";
import { call } from "./contract.ts";

let world: SocialCareWorld;
beforeAll(async () => {
  world = await startSocialCare("embedded");
});
afterAll(() => world.close());

async function about(recordId: string, parts: readonly Part[] = PARTS): Promise<Answer> {
  const [answer] = await world.system.ask({ recordIds: [recordId], parts }, call());
  return answer!;
}

const search = { identifier: null, forename: null, surname: null, bornOn: null, postcode: null };

describe("statuses and plans", () => {
  it("begin with the furthest-reaching that holds now", async () => {
    const states = itemsOf((await about("T-1")).states);
    const now = states.filter(({ untilOn }) => untilOn === null).map(({ kind }) => kind);
    expect(now).toEqual([
      "LOOKED_AFTER",
      "CHILD_PROTECTION_PLAN",
      "CHILD_IN_NEED",
      "MISSING",
      "LEGAL_STATUS",
      "DISABILITY",
    ]);
  });

  it("that are over are kept, with their days", async () => {
    const states = itemsOf((await about("T-1")).states).filter(({ untilOn }) => untilOn !== null);
    expect(states.map(({ kind, fromOn, untilOn }) => [kind, fromOn, untilOn])).toEqual([
      ["SECTION_47_ENQUIRY", "2025-03-10", "2025-03-24"],
      ["CHILD_IN_NEED", "2024-11-04", "2025-03-30"],
      ["EARLY_HELP", "2024-04-01", "2024-09-30"],
    ]);
  });

  it("count two placements in a row as one time in care", async () => {
    const care = itemsOf((await about("T-1")).states).filter(({ kind }) => kind === "LOOKED_AFTER");
    expect(care).toMatchObject([{ fromOn: "2025-10-26", untilOn: null }]);
  });

  it("say when a plan is another authority's", async () => {
    expect(itemsOf((await about("T-2")).states)).toMatchObject([
      {
        kind: "CHILD_PROTECTION_PLAN",
        category: "Emotional abuse",
        summary: expect.stringContaining("another local authority"),
      },
    ]);
  });

  it("show the demo child under enquiry and in need", async () => {
    const kinds = itemsOf((await about("LA-0001")).states).map(({ kind }) => kind);
    expect(kinds).toEqual(["SECTION_47_ENQUIRY", "CHILD_IN_NEED", "EARLY_HELP"]);
  });
});

describe("people", () => {
  it("gives an unborn child an expected day and no placeholder name", async () => {
    const [child] = itemsOf((await about("T-6")).demographics);
    expect(child).toMatchObject({ bornOn: null, expectedOn: "2026-07-01", sex: "UNKNOWN" });
    expect(child!.names).toEqual([{ use: "OFFICIAL", forenames: [], surname: "Soon" }]);
  });

  it("ties two records of one child by the council's own word", async () => {
    const found = await world.system.find(
      { ...search, identifier: { kind: "LOCAL_ID", value: "T-3", verified: true } },
      call(),
    );
    expect(found.map(({ recordId }) => recordId).sort()).toEqual(["T-3", "T-4"]);
    const [second] = itemsOf((await about("T-4")).demographics);
    expect(second!.identifiers).toContainEqual({ kind: "LOCAL_ID", value: "T-3", verified: false });
  });

  it("never vouches for an NHS number or a UPN", async () => {
    const [amelia] = itemsOf((await about("LA-0001")).demographics);
    expect(amelia!.identifiers).toEqual([
      { kind: "LA_CHILD_ID", value: "LA-0001", verified: true },
      { kind: "NHS_NUMBER", value: "9990123470", verified: false },
      { kind: "UPN", value: "U931123420001", verified: false },
    ]);
  });

  it("writes postcodes with their space", async () => {
    const [amelia] = itemsOf((await about("LA-0001")).demographics);
    expect(amelia!.addresses[0]!.postcode).toMatch(/^OX99 \d[A-Z]{2}$/);
  });

  it("reads both generations of sex codes", async () => {
    await world.emit({ update: [{ table: "ssd_person", key: "T-110", set: { pers_sex: "1" } }] });
    await world.emit({ update: [{ table: "ssd_person", key: "T-111", set: { pers_sex: "F" } }] });
    expect(itemsOf((await about("T-110")).demographics)[0]!.sex).toBe("MALE");
    expect(itemsOf((await about("T-111")).demographics)[0]!.sex).toBe("FEMALE");
  });

  it("mends the known slip in ethnicity codes and keeps it", async () => {
    await world.emit({ update: [{ table: "ssd_person", key: "T-112", set: { pers_ethnicity: "CNHE" } }] });
    const [child] = itemsOf((await about("T-112")).demographics);
    expect(child).toMatchObject({ ethnicity: "CHNE", provenance: { statedAs: "CNHE" } });
  });

  it("holds nobody under the sentinel id", async () => {
    expect((await about("-1")).demographics.status).toBe("NOTHING_RECORDED");
  });

  it("finds a misspelt surname by birthday and postcode", async () => {
    const postcode = itemsOf((await about("LA-0001")).demographics)[0]!.addresses[0]!.postcode;
    const found = await world.system.find(
      { ...search, surname: "Hartly", bornOn: plainDate("2019-03-14"), postcode },
      call(),
    );
    expect(found.map(({ recordId }) => recordId)).toEqual(["LA-0001"]);
  });

  it("asks for more than a surname", async () => {
    await expect(world.system.find({ ...search, surname: "Hartley" }, call())).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});

describe("relationships", () => {
  const roles = async (id: string) =>
    Object.fromEntries(
      itemsOf((await about(id)).relationships).map(({ otherRecordId, role }) => [otherRecordId, role]),
    );

  it("are told from both ends", async () => {
    expect(await roles("LA-0001")).toEqual({
      "LA-0003": "MOTHER",
      "LA-0002": "HALF_SIBLING",
      "LA-0004": "STEP_FATHER",
    });
    expect(await roles("LA-0003")).toMatchObject({ "LA-0001": "CHILD", "LA-0002": "CHILD", "LA-0004": "PARTNER" });
    expect(await roles("LA-0004")).toMatchObject({ "LA-0001": "STEP_CHILD" });
  });

  it("give parental responsibility to the adult only", async () => {
    const of = async (id: string, other: string) =>
      itemsOf((await about(id)).relationships).find(({ otherRecordId }) => otherRecordId === other)!
        .parentalResponsibility;
    expect(await of("LA-0001", "LA-0003")).toBe(true);
    expect(await of("LA-0001", "LA-0004")).toBe(false);
    expect(await of("LA-0003", "LA-0001")).toBeNull();
  });

  it("written as CHI make the row's owner the parent", async () => {
    const row = {
      rel_id: "R-X",
      rel_person_id: "T-7",
      rel_related_person_id: "T-6",
      rel_type_code: "CHI",
      rel_parental_responsibility: "Y",
      updated_at: "2026-03-01 02:00:00",
    };
    await world.emit({ insert: [{ table: "ssd_ext_person_relation", row }] });
    const [parent] = itemsOf((await about("T-6")).relationships);
    expect(parent).toMatchObject({
      role: "PARENT",
      otherRecordId: "T-7",
      parentalResponsibility: true,
      provenance: { statedAs: "CHI" },
    });
    expect(await roles("T-7")).toEqual({ "T-6": "CHILD" });
  });

  it("of a family record alone make nobody a parent", async () => {
    const family = (id: string) => ({
      table: "ssd_family",
      row: { fami_table_id: `F-${id}`, fami_family_id: "FAM-9", fami_person_id: id },
    });
    await world.emit({ insert: [family("T-113"), family("T-114")] });
    expect(await roles("T-113")).toEqual({ "T-114": "HOUSEHOLD_MEMBER" });
  });

  it("name nobody whose own record is restricted", async () => {
    const [sibling] = itemsOf((await about("T-1")).relationships);
    expect(sibling).toMatchObject({
      role: "SIBLING",
      otherRecordId: "T-5",
      otherName: null,
      otherBornOn: null,
      otherIdentifiers: [],
    });
  });
});

describe("a restricted record", () => {
  it("leaves the worker to ring and withholds the rest", async () => {
    const answer = await about("T-5");
    expect(answer.involvements).toMatchObject({
      status: "WITHHELD",
      items: [{ practitioner: "Priya Nair", team: "Assessment Team North", phone: "01632 960011", untilOn: null }],
    });
    expect(itemsOf(answer.involvements)).toHaveLength(1);
    for (const part of [answer.relationships, answer.states, answer.events])
      expect(part).toMatchObject({ status: "WITHHELD", items: [] });
    expect(itemsOf(answer.demographics)).toMatchObject([{ addresses: [] }]);
  });

  it("does not have its address read at all", async () => {
    await world.statements();
    await about("T-5", ["DEMOGRAPHICS", "EVENTS"]);
    const read = await world.statements();
    expect(read).toContain("ssd_person");
    expect(read).not.toContain("ssd_address");
    expect(read).not.toContain("ssd_contacts");
  });

  it("gives no number that leads to a school or a court", async () => {
    expect(itemsOf((await about("T-5")).demographics)[0]!.identifiers).toEqual([
      { kind: "LA_CHILD_ID", value: "T-5", verified: true },
      { kind: "NHS_NUMBER", value: "9990246998", verified: false },
    ]);
  });

  it("names nobody whose place of work tells where the child is", async () => {
    await world.emit({
      insert: [
        {
          table: "ssd_involvements",
          row: {
            invo_involvements_id: "T5-F",
            invo_person_id: "T-5",
            invo_professional_id: "W-9",
            invo_professional_role_id: "Foster carer",
          },
        },
      ],
    });
    expect(itemsOf((await about("T-5")).involvements).map(({ role }) => role)).toEqual(["SOCIAL_WORKER"]);
  });

  it("is not told of as living in somebody's household", async () => {
    const family = (id: string) => ({
      table: "ssd_family",
      row: { fami_table_id: `FX-${id}`, fami_family_id: "FAM-5", fami_person_id: id },
    });
    await world.emit({ insert: [family("T-5"), family("T-120")] });
    expect((await about("T-120")).relationships.status).toBe("NOTHING_RECORDED");
  });

  it("is not found by where the child lives", async () => {
    const where = { bornOn: plainDate("2014-06-01"), postcode: SHIELDED.postcode };
    expect(await world.system.find({ ...search, surname: "Unknown", ...where }, call())).toEqual([]);
    const [found] = await world.system.find({ ...search, surname: "Away", ...where }, call());
    expect(found).toMatchObject({ recordId: "T-5", restricted: true, demographics: { addresses: [] } });
  });
});

describe("days", () => {
  afterAll(() => vi.unstubAllEnvs());

  it.each([
    ["Europe/London", "2024-06-01T00:00:00Z", -60],
    ["America/New_York", "2024-06-01T00:00:00Z", 240],
  ])("stay what they are with the process in %s", async (zone, at, offset) => {
    vi.stubEnv("TZ", zone);
    expect(new Date(at).getTimezoneOffset()).toBe(offset);
    const answer = await about("T-1");
    expect(itemsOf(answer.events).map(({ on }) => on)).toContain("2024-03-31");
    expect(itemsOf(answer.events).map(({ on }) => on)).toContain("2024-10-27");
    expect(itemsOf(answer.demographics)[0]!.bornOn).toBe("2014-06-01");
    const found = await world.system.find({ ...search, surname: "Over", bornOn: plainDate("2014-06-01") }, call());
    expect(found).toMatchObject([{ recordId: "T-3", demographics: { bornOn: "2014-06-01" } }]);
  });
});

describe("statements", () => {
  it("are as many for fifty children as for one", async () => {
    await world.statements();
    await about("T-1");
    const one = (await world.statements()).sort();
    const recordIds = ["T-1", ...Array.from({ length: 49 }, (_, at) => `T-${100 + at}`)];
    expect(await world.system.ask({ recordIds, parts: PARTS }, call())).toHaveLength(50);
    expect((await world.statements()).sort()).toEqual(one);
  });

  it("read each table once, but people and families to their relatives", async () => {
    await world.statements();
    await about("LA-0001");
    const read = await world.statements();
    const twice = read.filter((table, at) => read.indexOf(table) !== at);
    expect(new Set(twice)).toEqual(new Set(["ssd_person", "ssd_family", "ssd_ext_restriction"]));
    expect(twice).toHaveLength(3);
  });

  it("read only the tables that a part needs", async () => {
    await world.statements();
    await about("LA-0001", ["INVOLVEMENTS"]);
    expect((await world.statements()).sort()).toEqual([
      "ssd_department",
      "ssd_early_help_episodes",
      "ssd_ext_change_log",
      "ssd_ext_restriction",
      "ssd_involvements",
      "ssd_person",
      "ssd_professionals",
    ]);
  });
});
