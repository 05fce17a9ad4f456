// The council's yearly return: what is exported is what is read back, and the town keeps the census's own rules.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CinEpisode } from "../../simulators/social-care/cin-census-shape.ts";
import { readCinCensus, writeCinCensus } from "../../simulators/social-care/cin-census.ts";
import { makeCinReturn } from "../../simulators/social-care/cin-return.ts";
import { makeSocialCareSimulator } from "../../simulators/social-care/social-care-simulator.ts";
import { makeTown } from "../../simulators/town/town.ts";
import { socialCareTown } from "../support/social-care-town.ts";

const census = makeCinReturn(makeTown({ children: 400, seed: 7, until: "2026-03-02" }));
const children = census.Children!.Child;
const episodes = children.flatMap(({ CINdetails }) => CINdetails);
const small = makeCinReturn(socialCareTown());

describe("a census return", () => {
  it("reads back as it was written", () => {
    expect(readCinCensus(writeCinCensus(census))).toEqual(census);
    expect(episodes.length).toBeGreaterThan(20);
  });

  it("tells the demo child's enquiry with its target", () => {
    const amelia = small.Children!.Child.find((child) => child.ChildIdentifiers!.LAchildID === "LA0001")!;
    expect(amelia.ChildIdentifiers).toMatchObject({ UPN: "U931123420001", PersonBirthDate: "2019-03-14", Sex: "F" });
    expect(amelia.CINdetails[0]!.Section47).toMatchObject([
      { S47ActualStartDate: "2026-02-24", InitialCPCtarget: "2026-03-17", ICPCnotRequired: false },
    ]);
  });

  it("writes elements in the return's order, booleans in words", () => {
    const file = writeCinCensus(small);
    const first = file.slice(file.indexOf("<CINdetails>"), file.indexOf("</CINdetails>"));
    const order = ["CINreferralDate", "ReferralSource", "PrimaryNeedCode", "Assessments", "Section47", "ReferralNFA"];
    const places = order.map((name) => first.indexOf(`<${name}>`)).filter((at) => at >= 0);
    expect(places.length).toBeGreaterThan(3);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(file).toContain("<ReferralNFA>false</ReferralNFA>");
    expect(file).toContain("<LEA>931</LEA>");
  });

  it("leaves out another authority's plan", () => {
    expect(writeCinCensus(small)).not.toContain("<LAchildID>T2<");
  });

  it("is served by the simulator", async () => {
    const simulator = await makeSocialCareSimulator(socialCareTown());
    const { body, headers } = await simulator.control.inject({ url: "/__sim/cin-census.xml" });
    await simulator.close();
    expect(headers["content-type"]).toContain("application/xml");
    expect(readCinCensus(body)).toEqual(small);
  });
});

const overlapping = (spans: readonly (readonly [string, string | undefined])[]): boolean =>
  spans.some(([from, until], at) =>
    spans.some(
      ([otherFrom, otherUntil], other) =>
        other !== at && from < (otherUntil ?? "9999") && otherFrom < (until ?? "9999"),
    ),
  );
/** An enquiry that the same children had, behind a referral that led to nothing. */
const nothingFurther = (() => {
  const town = socialCareTown();
  const socialCare = town.socialCare.map((fact) => (fact.kind === "referral" ? { ...fact, nfa: true } : fact));
  return makeCinReturn({ ...town, socialCare }).Children!.Child[0]!.CINdetails[0]!;
})();
const plansOf = ({ ChildProtectionPlans }: CinEpisode) =>
  ChildProtectionPlans.map((plan) => [plan.CPPstartDate!, plan.CPPendDate] as const);

describe("the town keeps the rules of the census", () => {
  it("8500 1570 1580 8510: ids are there, short, plain and single", () => {
    const ids = children.map(({ ChildIdentifiers }) => ChildIdentifiers!.LAchildID!);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]{1,20}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("8525 4180 8750: one kind of birthday; unborn children have no sex", () => {
    const all = [...children, ...small.Children!.Child].map(({ ChildIdentifiers }) => ChildIdentifiers!);
    for (const { PersonBirthDate, ExpectedPersonBirthDate, Sex } of all) {
      expect([PersonBirthDate, ExpectedPersonBirthDate].filter(Boolean)).toHaveLength(1);
      expect(PersonBirthDate ? ["M", "F", "U"] : ["U"]).toContain(Sex);
    }
    expect(all.some(({ Sex }) => Sex === "U")).toBe(true);
  });

  it("8805 8810: a closure has a reason, and a reason a closure", () => {
    for (const { CINclosureDate, ReasonForClosure } of episodes)
      expect(CINclosureDate === undefined).toBe(ReasonForClosure === undefined);
  });

  it("8815 8816 8820: a child's episodes do not overlap", () => {
    for (const { CINdetails } of children)
      expect(overlapping(CINdetails.map((one) => [one.CINreferralDate!, one.CINclosureDate]))).toBe(false);
  });

  it("8831 8832: nothing follows a referral without further action", () => {
    const ended = [...episodes, nothingFurther].filter(({ ReferralNFA }) => ReferralNFA);
    for (const { Assessments, Section47, ChildProtectionPlans, CINPlanDates } of ended)
      expect([Assessments, Section47, ChildProtectionPlans, CINPlanDates].flat()).toEqual([]);
  });

  it("8839 8868: no two open enquiries, none on a closed episode", () => {
    for (const { Section47, CINclosureDate } of episodes) {
      const open = Section47.filter(({ DateOfInitialCPC, ICPCnotRequired }) => !DateOfInitialCPC && !ICPCnotRequired);
      expect(open.length).toBeLessThanOrEqual(CINclosureDate ? 0 : 1);
    }
  });

  it("8875: no conference is held at a weekend", () => {
    const held = episodes.flatMap(({ DateOfInitialCPC }) => DateOfInitialCPC ?? []);
    expect(held.length).toBeGreaterThan(0);
    for (const day of held) expect([0, 6]).not.toContain(new Date(day).getUTCDay());
  });

  it("8841 8925 8930 8935 8940: plans end after they start, in the year, one at a time", () => {
    for (const episode of episodes) {
      for (const [from, until] of plansOf(episode)) if (until) expect(until > from && until >= "2025-04-01").toBe(true);
      for (const { CPPstartDate, Reviews } of episode.ChildProtectionPlans)
        for (const day of Reviews?.CPPreviewDate ?? []) expect(day >= CPPstartDate!).toBe(true);
      expect(overlapping(plansOf(episode))).toBe(false);
    }
  });

  it("2885: a plan starts on the day of its conference", () => {
    const begun = episodes.flatMap(({ ChildProtectionPlans, DateOfInitialCPC }) =>
      ChildProtectionPlans.map(({ CPPstartDate }) => [CPPstartDate!, DateOfInitialCPC]),
    );
    const inYear = begun.filter(([start]) => start! >= "2025-04-01");
    expect(inYear).not.toEqual([]);
    for (const [start, conference] of inYear) expect(start).toBe(conference);
  });

  it("4001: child in need and child protection plans do not overlap", () => {
    for (const episode of episodes)
      for (const { CINPlanStartDate, CINPlanEndDate } of episode.CINPlanDates)
        for (const plan of plansOf(episode))
          expect(overlapping([plan, [CINPlanStartDate!, CINPlanEndDate]])).toBe(false);
  });

  it("8869 8873 8896 8898: one open assessment; factors once, `21` alone", () => {
    for (const { Assessments } of episodes) {
      expect(Assessments.filter((one) => !one.AssessmentAuthorisationDate).length).toBeLessThanOrEqual(1);
      for (const { AssessmentAuthorisationDate, FactorsIdentifiedAtAssessment } of Assessments) {
        const factors = FactorsIdentifiedAtAssessment?.AssessmentFactors ?? [];
        expect(factors.length > 0).toBe(AssessmentAuthorisationDate !== undefined);
        expect(new Set(factors).size).toBe(factors.length);
        if (factors.includes("21")) expect(factors).toEqual(["21"]);
      }
    }
  });
});

describe("the reader", () => {
  const file = writeCinCensus(small);

  it.each([
    ["a document type", file.replace("<Message>", "<!DOCTYPE Message><Message>")],
    ["an entity", file.replace("<LEA>931", "<LEA>&lea;")],
    ["a character reference", file.replace("<LEA>931", "<LEA>&#57;31")],
    ["an instruction", file.replace("<Message>", "<?run it?><Message>")],
    ["an attribute", file.replace("<Message>", '<Message a="b">')],
    ["CDATA", file.replace("<LEA>931", "<LEA><![CDATA[931]]>")],
    ["an element of another format", file.replaceAll("LEA>", "Authority>")],
    ["a date that is none", file.replace("2026-02-24", "2026-02-30")],
    ["a second document", file + file.slice(file.indexOf("<Message>"))],
    ["a file cut short", file.slice(0, -20)],
    ["elements without end", "<Message>".repeat(50)],
  ])("refuses %s, repeating none of it", (_what, broken) => {
    const thrown = (() => {
      try {
        return readCinCensus(broken);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(SyntaxError);
    expect(String(thrown)).not.toMatch(/LA0001|2026-02-30|lea;/);
  });

  it("takes both spellings of a boolean", () => {
    const figures = file.replaceAll(">false<", ">0<").replaceAll(">true<", ">1<");
    expect(readCinCensus(figures)).toEqual(small);
  });

  const shared = new URL("../../../shared/cases/cin/", import.meta.url);
  it("reads the public synthetic files", ({ skip }) => {
    if (!existsSync(shared)) return skip("../shared/cases/cin is not there, so no file but our own was read");
    const counts = readdirSync(shared)
      .filter((name) => name.endsWith(".xml"))
      .map((name) => {
        const read = readCinCensus(readFileSync(new URL(name, shared), "utf8"));
        expect(readCinCensus(writeCinCensus(read))).toEqual(read);
        return [name, read.Children!.Child.length, read.Children!.Child.flatMap((one) => one.CINdetails).length];
      });
    expect(counts).toContainEqual(["fake_CIN_data.xml", 332, 402]);
  });
});
