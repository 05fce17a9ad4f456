// What holds of every decision, whatever comes in and whoever is on file.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MATCH_POLICIES, type Override } from "../../src/domain/identity.ts";
import { decide, known, notMatch as not, type Question } from "../support/identity-question.ts";
import { type Shown, shown } from "../support/shown-record.ts";

const NHS = "9990123470";
const OTHER_NHS = "9990246947";
const UPN = "A800999915001";
const OTHER_UPN = "H931123420002";

/** Records that are often alike: few names, birthdays, homes and numbers. */
const record: fc.Arbitrary<Shown> = fc.record(
  {
    name: fc.constantFrom(
      "Amelia Hartley",
      "Millie Hartley",
      "Isobel Hartley",
      "Amelia Marsh",
      "Hartley Amelia",
      "Baby Hartley",
      "Jayden Ward",
      "Kayden Ward",
      "Amelia Hartley / Millie Marsh",
    ),
    born: fc.constantFrom("2015-03-12", "2015-12-03", "2015-03-13", "2015", "1985-03-12"),
    home: fc.constantFrom("OX99 9ZZ", "YO99 1ZZ", "OX99 5NG", "OX99 9ZZ, YO99 1ZZ"),
    sex: fc.constantFrom("f" as const, "m" as const),
    nhs: fc.constantFrom(NHS, OTHER_NHS, `~${NHS}`, `~${OTHER_NHS}`),
    upn: fc.constantFrom(UPN, OTHER_UPN, `~${UPN}`),
    register: fc.constantFrom("school", "council"),
    expected: fc.constant("2026-06-01"),
  },
  { requiredKeys: ["name"] },
);
const people = fc.array(fc.array(record, { minLength: 1, maxLength: 3 }), { maxLength: 4 }).map((all) => known(...all));
const policy = fc.constantFrom(...MATCH_POLICIES);
const ids = fc.constantFrom<string[]>("p1.1", "p1.2", "p2.1", "p3.1", "elsewhere");
const overrides = fc.array(
  fc
    .tuple(ids, fc.constantFrom("MATCH" as const, "NOT_MATCH" as const))
    .map(([b, verdict]) => ({ a: "new", b, verdict })),
  { maxLength: 3 },
);
const RUNS = { numRuns: 1000 };
const BANDS = ["NO_LINK", "REVIEW", "AUTO"];
const bandFor = (incoming: Shown, question: Question) => BANDS.indexOf(decide(incoming, question).band);

describe("whatever comes in and whoever is on file,", () => {
  it("the order of people, records and decisions makes no difference", () => {
    fc.assert(
      fc.property(record, people, overrides, policy, (incoming, all, decided, by) => {
        const turned = all.toReversed().map((each) => ({ ...each, records: each.records.toReversed() }));
        const straight = decide(incoming, { people: all, overrides: decided, policy: by });
        expect(decide(incoming, { people: turned, overrides: decided.toReversed(), policy: by })).toEqual(straight);
      }),
      RUNS,
    );
  });

  it("nothing joins what a person parted", () => {
    fc.assert(
      fc.property(record, people, overrides, policy, (incoming, all, decided, by) => {
        const { personId, considered } = decide(incoming, { people: all, overrides: decided, policy: by });
        const parted = new Set(decided.filter(({ verdict }) => verdict === "NOT_MATCH").map(({ b }) => b));
        const apart = all.filter(({ records }) => records.some(({ id }) => parted.has(id)));
        expect(apart.map((each) => each.personId)).not.toContain(personId);
        const seen = considered.filter((each) => apart.some((other) => other.personId === each.personId));
        expect(seen.every(({ band }) => band === "NO_LINK")).toBe(true);
      }),
      RUNS,
    );
  });

  it("a veto more never raises the band", () => {
    const one = fc.constantFrom<Override[][]>([], [not("p1.1")]);
    fc.assert(
      fc.property(record, record, policy, one, (incoming, theirs, by, decided) => {
        const register = decided.length === 0 ? { register: "one" } : {};
        const before = bandFor(
          { ...incoming, register: "a" },
          { people: known([{ ...theirs, register: "b" }]), policy: by },
        );
        const people = known([{ ...theirs, register: "b", ...register }]);
        const after = bandFor({ ...incoming, register: "a", ...register }, { people, overrides: decided, policy: by });
        expect(after).toBeLessThanOrEqual(before);
        expect(after).toBeLessThan(BANDS.indexOf("AUTO"));
      }),
      RUNS,
    );
  });

  it("the model joins nothing that has a veto", () => {
    fc.assert(
      fc.property(record, people, policy, (incoming, all, by) => {
        const { band, considered } = decide(incoming, { people: all, policy: by });
        if (band === "AUTO") expect(considered[0]!.vetoes).toEqual([]);
        for (const each of considered.slice(1)) expect(each.band).not.toBe("AUTO");
      }),
      RUNS,
    );
  });

  it("another record of a person never makes a join that was not there before, but by itself", () => {
    expect(() =>
      fc.assert(
        fc.property(record, record, record, policy, (incoming, one, other, by) => {
          const joins = (...records: Shown[]) => bandFor(incoming, { people: known(records), policy: by }) === 2;
          return !joins(one, other) || joins(one) || joins(other);
        }),
        RUNS,
      ),
    ).not.toThrow();
  });

  it("what is joined in strict is joined in balanced, and to the same person", () => {
    fc.assert(
      fc.property(record, people, overrides, (incoming, all, decided) => {
        const strict = decide(incoming, { people: all, overrides: decided, policy: "strict" });
        if (strict.band !== "AUTO") return;
        const balanced = decide(incoming, { people: all, overrides: decided, policy: "balanced" });
        expect(balanced).toMatchObject({ band: "AUTO", personId: strict.personId });
      }),
      RUNS,
    );
  });

  it("nobody is joined who shares no forename and no number that both vouch for", () => {
    expect(() =>
      fc.assert(
        fc.property(record, record, policy, (incoming, theirs, by) => {
          const [a, b] = [shown("a", incoming).compared, shown("b", theirs).compared];
          const sameName = a["forename"]?.some((name) => b["forename"]?.includes(name)) ?? false;
          const vouched = ["nhsVerified", "upnVerified"].some((field) =>
            a[field]?.some((each) => b[field]?.includes(each)),
          );
          const { band } = decide(incoming, { people: known([theirs]), policy: by });
          if (band === "AUTO") expect(sameName || vouched).toBe(true);
        }),
        RUNS,
      ),
    ).not.toThrow();
  });
});
