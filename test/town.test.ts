import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import { isSyntheticNhsNumber, isUpn } from "../simulators/town/identifiers.ts";
import { daysBetween, weekday, isWorkingDay } from "../simulators/town/days.ts";
import { countTown } from "../simulators/town/town-counts.ts";
import { DEFAULT_TOWN, makeTown } from "../simulators/town/town.ts";
import type { SocialCareFact, Town, TownSettings } from "../simulators/town/types.ts";

const town = makeTown(DEFAULT_TOWN);
const settings = (): fc.Arbitrary<TownSettings> =>
  fc.record({
    children: fc.integer({ min: 0, max: 60 }),
    seed: fc.nat(),
    until: fc.constantFrom("2024-02-29", "2025-08-31", "2026-03-02", "2026-12-27"),
  });
const everyTown = (holds: (town: Town) => void, runs = 12): void =>
  fc.assert(
    fc.property(settings(), (drawn) => holds(makeTown(drawn))),
    { numRuns: runs },
  );
const told = <K extends SocialCareFact["kind"]>({ socialCare }: Town, kind: K) =>
  socialCare.filter((fact): fact is Extract<SocialCareFact, { kind: K }> => fact.kind === kind);
const ofResident = ({ truth }: Town, residentId: string): string[] =>
  truth.filter((row) => row.residentId === residentId).map(({ recordId }) => recordId);

describe("the same settings", () => {
  it("give the same town byte for byte", () => {
    expect(JSON.stringify(makeTown(DEFAULT_TOWN))).toBe(JSON.stringify(town));
  });

  it("give another town with another seed", () => {
    const other = makeTown({ ...DEFAULT_TOWN, seed: 8 });
    expect(JSON.stringify(other.records)).not.toBe(JSON.stringify(town.records));
  });

  it("have exactly as many children as asked for", () => {
    everyTown((drawn) => {
      const own = drawn.residents.filter(({ id }) => id.startsWith("res-"));
      const closed = drawn.records.filter(({ invalidated, localId }) => invalidated && localId.startsWith("p-1"));
      const born = own.filter(({ child, bornOn }) => child && bornOn).length;
      expect(born).toBeGreaterThanOrEqual(drawn.settings.children);
      expect(born - closed.length).toBeLessThanOrEqual(drawn.settings.children);
    });
  });
});

describe("what marks it as synthetic", () => {
  it("is in the town and in every record", () => {
    expect(town.synthetic).toBe(true);
    expect(town.records.filter(({ synthetic }) => !synthetic)).toEqual([]);
  });

  it("is that no number in it can be anybody's", () => {
    everyTown(({ records, residents }) => {
      const numbers = [...records, ...residents].flatMap((one) => [
        one.nhsNumber,
        "supersededNhsNumber" in one ? one.supersededNhsNumber : null,
      ]);
      expect(numbers.filter((number) => number !== null && !isSyntheticNhsNumber(number))).toEqual([]);
      expect([...records, ...residents].filter(({ upn }) => upn !== null && !isUpn(upn))).toEqual([]);
    });
  });

  it("is that phones, post and schools lead nowhere", () => {
    const phones = [
      ...town.records.map(({ phone }) => phone),
      ...town.recordedTies.map(({ otherPhone }) => otherPhone),
    ];
    const work = [...town.professionals, ...town.schools].map(({ phone }) => phone);
    expect([...phones, ...work].filter((phone) => phone && !/^(07700900|01632960)\d{3}$/.test(phone))).toEqual([]);
    expect(
      town.addresses.filter(({ postcode, uprn }) => !/^O[XL]99 \d[A-Z]{2}$/.test(postcode) || uprn.length !== 12),
    ).toEqual([]);
    expect(town.schools.filter(({ estab, urn }) => !/^999\d$/.test(estab) || !/^900\d{3}$/.test(urn))).toEqual([]);
    expect(town.professionals.filter(({ email }) => !email.endsWith("example.org"))).toEqual([]);
  });

  it("gives nobody the NHS number of somebody else in truth", () => {
    const numbers = town.residents.map(({ nhsNumber }) => nhsNumber).filter((number) => number !== null);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe("the truth", () => {
  it("covers every record and everybody named in a notice", () => {
    everyTown((drawn) => {
      const known = new Set(drawn.truth.map(({ agency, recordId }) => `${agency} ${recordId}`));
      const people = drawn.police.flatMap(({ submissionId, people }) =>
        people.map(({ id }) => `police ${submissionId}.${id}`),
      );
      const records = drawn.records.map(({ agency, localId }) => `${agency} ${localId}`);
      expect([...records, ...people].filter((id) => !known.has(id))).toEqual([]);
      expect(known.size).toBe(records.length + people.length);
    });
  });

  it("names only residents of the town", () => {
    const residents = new Set(town.residents.map(({ id }) => id));
    expect(town.truth.filter(({ residentId }) => !residents.has(residentId))).toEqual([]);
  });
});

describe("a town of 400 children", () => {
  const own = town.residents.filter(({ id }) => id.startsWith("res-"));
  const roles = new Set(town.ties.map(({ role }) => role));

  it("has twins, about three in two hundred births", () => {
    const pairs = new Set(own.flatMap(({ twinSet }) => twinSet ?? [])).size;
    expect(pairs).toBeGreaterThanOrEqual(3);
    expect(pairs).toBeLessThanOrEqual(14);
  });

  it("has every kind of family tie", () => {
    for (const role of [
      "HALF_SIBLING",
      "STEP_SIBLING",
      "STEP_FATHER",
      "STEP_MOTHER",
      "GRANDPARENT",
      "FOSTER_CARER",
      "ADOPTIVE_PARENT",
      "EX_PARTNER",
    ] as const)
      expect(roles.has(role) ? role : "none").toBe(role);
  });

  it("has children living at two homes", () => {
    expect(own.some(({ child, homes }) => child && homes.filter(({ until }) => until === null).length === 2)).toBe(
      true,
    );
  });

  it("has restricted, unborn, superseded, invalidated and year-only records", () => {
    const made = town.records.filter(({ localId }) => /^(p-1|LA-1|A175)/.test(localId));
    expect(made.some(({ restricted }) => restricted)).toBe(true);
    expect(own.some(({ expectedOn }) => expectedOn)).toBe(true);
    expect(made.some(({ supersededNhsNumber }) => supersededNhsNumber)).toBe(true);
    expect(made.some(({ invalidated }) => invalidated)).toBe(true);
    expect(made.some(({ bornOnAccuracy }) => bornOnAccuracy === "YEAR")).toBe(true);
  });

  it("has duplicates, merged twins and pupils without a lasting UPN", () => {
    const counts = countTown(town);
    expect(counts.duplicates).toBeGreaterThanOrEqual(5);
    expect(counts.merged).toBeGreaterThanOrEqual(1);
    const upns = town.records.filter(({ agency }) => agency === "education").map(({ upn }) => upn);
    expect(upns).toContain(null);
    expect(upns.some((upn) => upn && /[A-Z]$/.test(upn))).toBe(true);
    expect(told(town, "linkedIdentifier").length).toBeGreaterThanOrEqual(1);
  });

  it("has notices that are amended, handled with care, or name adults only", () => {
    expect(town.police.some(({ amends }) => amends)).toBe(true);
    expect(town.police.some(({ handlingCode }) => handlingCode.startsWith("C"))).toBe(true);
    expect(town.police.some(({ people }) => people.every(({ child }) => !child))).toBe(true);
  });

  it("is known to its agencies about as much as in life", () => {
    const share = (agency: string): number => {
      const known = new Set(town.truth.filter((row) => row.agency === agency).map(({ residentId }) => residentId));
      return own.filter(({ id, child, bornOn }) => child && bornOn && known.has(id)).length / 400;
    };
    expect(share("health")).toBeGreaterThan(0.95);
    expect(share("education")).toBeGreaterThan(0.55);
    expect(share("socialCare")).toBeGreaterThan(0.06);
    expect(share("socialCare")).toBeLessThan(0.14);
  });

  it("has one school that has not approved the hub", () => {
    expect(town.schools.filter(({ approved }) => !approved)).toHaveLength(1);
  });
});

describe("social care's story", () => {
  it("never overlaps a child in need plan and a protection plan", () => {
    everyTown((drawn) => {
      const overlaps = told(drawn, "cpPlan").filter((plan) =>
        told(drawn, "cinPlan").some(
          ({ localId, from, until }) =>
            localId === plan.localId && (plan.until ?? "9999") >= from && (until ?? "9999") >= plan.from,
        ),
      );
      expect(overlaps).toEqual([]);
    });
  });

  it("holds conferences on working days, mostly within fifteen", () => {
    const big = makeTown({ ...DEFAULT_TOWN, children: 1_500 });
    const conferences = told(big, "conference");
    expect(conferences.filter(({ on }) => weekday(on) === 0 || weekday(on) === 6)).toEqual([]);
    expect(conferences.filter(({ on }) => !isWorkingDay(on))).toEqual([]);
    const enquiries = new Map(told(big, "section47").map((enquiry) => [enquiry.id, enquiry.from]));
    const prompt = conferences.filter(({ on, section47Id }) => daysBetween(enquiries.get(section47Id)!, on) <= 24);
    expect(prompt.length / conferences.length).toBeGreaterThan(0.7);
    expect(prompt.length).toBeLessThan(conferences.length);
  });

  it("starts each plan on the day of its conference", () => {
    const days = new Map(told(town, "conference").map(({ id, on }) => [id, on]));
    const plans = told(town, "cpPlan");
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.filter(({ conferenceId, from }) => days.get(conferenceId) !== from)).toEqual([]);
  });

  it("ends nothing before it began, and nothing in the future", () => {
    everyTown((drawn) => {
      const { until: today } = drawn.settings;
      const spans = [...drawn.socialCare, ...drawn.health].flatMap((fact) =>
        fact.kind !== "assessment" && "from" in fact ? [fact] : [],
      );
      expect(
        spans.filter(({ from, until }) => from > today || (until !== null && (until < from || until > today))),
      ).toEqual([]);
    });
  });
});

describe("a closed referral", () => {
  it("leaves no plan or enquiry of its own running", () => {
    everyTown((drawn) => {
      const closed = new Map(told(drawn, "referral").flatMap(({ id, closedOn }) => (closedOn ? [[id, closedOn]] : [])));
      const steps = [...told(drawn, "cinPlan"), ...told(drawn, "cpPlan"), ...told(drawn, "section47")];
      const late = steps.filter(
        ({ referralId, until }) => closed.has(referralId) && (until ?? "9999") > closed.get(referralId)!,
      );
      expect(late).toEqual([]);
    });
  });

  it("is never closed before it was made", () => {
    everyTown((drawn) => {
      const early = told(drawn, "referral").filter(({ on, closedOn }) => closedOn && closedOn < on);
      expect(early).toEqual([]);
    });
  });
});

describe("every fact", () => {
  it("belongs to a record, and what it refers to exists", () => {
    everyTown((drawn) => {
      const records = new Set(drawn.records.map(({ agency, localId }) => `${agency} ${localId}`));
      const facts = (["health", "education", "socialCare"] as const).flatMap((agency) =>
        drawn[agency].map(({ localId }) => `${agency} ${localId}`),
      );
      expect(facts.filter((id) => !records.has(id))).toEqual([]);
      const ties = drawn.recordedTies.flatMap(({ agency, localId, otherLocalId }) =>
        [localId, otherLocalId ?? localId].map((id) => `${agency} ${id}`),
      );
      expect(ties.filter((id) => !records.has(id))).toEqual([]);
      const staff = new Set(drawn.professionals.map(({ id }) => id));
      const workers = [...drawn.health, ...drawn.socialCare].flatMap((fact) =>
        "professionalId" in fact ? [fact.professionalId] : [],
      );
      expect(workers.filter((id) => !staff.has(id))).toEqual([]);
    });
  });

  it("has an id of its own", () => {
    const ids = [...town.health, ...town.education, ...town.socialCare].flatMap((fact) =>
      "id" in fact ? [`${fact.kind} ${fact.id}`] : [],
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("those who must not be found", () => {
  it("leads from an adopted child to the earlier identity in no agency", () => {
    everyTown((drawn) => {
      for (const child of drawn.residents.filter(({ restriction }) => restriction === "ADOPTED")) {
        const ids = ofResident(drawn, child.id);
        expect(ids.filter((id) => /^(LA-|PPN-)/.test(id))).toEqual([]);
        const others = drawn.recordedTies.filter(({ localId }) => ids.includes(localId)).map(({ role }) => role);
        expect(others.filter((role) => role === "MOTHER" || role === "FATHER")).toEqual([]);
      }
    }, 20);
  });

  it("marks every record of a shielded family as restricted", () => {
    const shielded = new Set(
      town.residents.filter(({ restriction }) => restriction === "SHIELDED").flatMap(({ id }) => ofResident(town, id)),
    );
    const records = town.records.filter(({ localId }) => shielded.has(localId));
    expect(records.length).toBeGreaterThan(4);
    expect(records.filter(({ restricted }) => !restricted)).toEqual([]);
  });
});
