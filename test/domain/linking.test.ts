import { describe, expect, it } from "vitest";
import { decideLink, type KnownPerson, type MatchKey } from "../../src/domain/linking.ts";
import { matchTextsOf } from "../../src/domain/match-keys.ts";
import { parsePlainDate, plainDate } from "../../src/domain/plain-date.ts";
import { demographics, livingAt } from "../support/statements.ts";

/** A record as an agency's screen shows it. A tilde before the NHS number means that it was copied, not verified. */
interface Shown {
  readonly nhs?: string;
  readonly upn?: string;
  readonly name?: string;
  readonly born?: string;
  readonly home?: string;
}

const AMELIA: Shown = {
  nhs: "9990123470",
  upn: "A800999915001",
  name: "Amelia Hartley",
  born: "2015-03-17",
  home: "OX99 9ZZ",
};
const OTHER_NHS = "9990246947";
const OTHER_UPN = "H931123420002";

function keysOf({ nhs, upn, name = "", born = "", home }: Shown): MatchKey[] {
  const [forename = "", ...surname] = name.split(" ");
  const texts = matchTextsOf(
    demographics({
      identifiers: [
        ...(nhs ? [{ kind: "NHS_NUMBER" as const, value: nhs.replace("~", ""), verified: !nhs.startsWith("~") }] : []),
        ...(upn ? [{ kind: "UPN" as const, value: upn, verified: true }] : []),
      ],
      names: name ? [{ use: "OFFICIAL", forenames: [forename], surname: surname.join(" ") || null }] : [],
      bornOn: parsePlainDate(born) ?? (born ? plainDate(`${born}-01-01`) : null),
      bornOnAccuracy: born.length === 4 ? "YEAR" : "DAY",
      addresses: home ? [livingAt(home)] : [],
    }),
  );
  return texts.map(({ kind, text }) => ({ kind, hash: text }));
}

const known = (...people: (readonly Shown[])[]): KnownPerson[] =>
  people.map((records, at) => ({ personId: `person-${at + 1}`, records: records.map(keysOf) }));

const ruleFor = (record: Shown, people: KnownPerson[]) => {
  const { rule, personId } = decideLink(keysOf(record), people);
  return `${rule} ${personId ?? "nobody"}`;
};

const APART = "NOBODY_FITS nobody";
const { nhs, upn, name, born, home } = AMELIA as Required<Shown>;
const without = (...fields: (keyof Shown)[]): Shown =>
  Object.fromEntries(Object.entries(AMELIA).filter(([field]) => !fields.includes(field as keyof Shown)));

describe("a record and Amelia, whom the hub knows", () => {
  it.each<[string, Shown, Shown, string]>([
    // what Amelia's record holds, what the new record holds, what is decided
    ["verified NHS number and birthday", AMELIA, { nhs, born }, "NHS_BORN person-1"],
    ["verified NHS number, another name and home", AMELIA, { nhs, born, name: "Millie Marsh" }, "NHS_BORN person-1"],
    ["NHS number, another birthday", AMELIA, { nhs, name, home, born: "2015-03-18" }, APART],
    ["NHS number alone", AMELIA, { nhs }, APART],
    ["copied NHS number, same forename", AMELIA, { nhs: `~${nhs}`, born, name }, "NHS_BORN_FORENAME person-1"],
    ["copied NHS number, other forename", AMELIA, { nhs: `~${nhs}`, born, name: "Isobel Hartley" }, APART],
    ["copied NHS number, no forename", AMELIA, { nhs: `~${nhs}`, born }, APART],
    ["copied NHS number, only initials alike", AMELIA, { nhs: `~${nhs}`, born, name: "Amy Hartley" }, APART],
    ["UPN and birthday", AMELIA, { upn, born, name: "Millie Marsh" }, "UPN_BORN person-1"],
    ["UPN, another birthday", AMELIA, { upn, born: "2015-03-18" }, APART],
    ["temporary UPN", { ...AMELIA, upn: "L35320012100A" }, { upn: "L35320012100A", born }, APART],
    ["name, birthday and home", AMELIA, { name, born, home }, "NAME_BORN_POSTCODE person-1"],
    ["name and birthday without a home", AMELIA, { name, born }, APART],
    ["name and home without a birthday", AMELIA, { name, home }, APART],
    ["name misspelt", AMELIA, { name: "Amelia Hartly", born, home }, APART],
    ["another forename", AMELIA, { name: "Noah Hartley", born, home }, APART],
    ["year of birth alone", AMELIA, { nhs, upn, name, home, born: "2015" }, APART],
    ["year of birth alone, on both sides", { ...AMELIA, born: "2015" }, { ...AMELIA, born: "2015" }, APART],
    [
      "hyphen",
      { ...AMELIA, name: "Amelia Hart-Ley" },
      { name: "Amelia Hart Ley", born, home },
      "NAME_BORN_POSTCODE person-1",
    ],
    [
      "accents",
      { ...AMELIA, name: "Amélia Hartley" },
      { name: "AMELIA HARTLEY", born, home },
      "NAME_BORN_POSTCODE person-1",
    ],
    [
      "apostrophe",
      { ...AMELIA, name: "Amelia O'Hara" },
      { name: "Amelia OHara", born, home },
      "NAME_BORN_POSTCODE person-1",
    ],
    ["another NHS number, all else alike", AMELIA, { ...AMELIA, nhs: OTHER_NHS }, "CONTRADICTION nobody"],
    ["another UPN, all else alike", AMELIA, { ...AMELIA, upn: OTHER_UPN }, "CONTRADICTION nobody"],
    [
      "another NHS number, same name and home",
      without("upn"),
      { nhs: OTHER_NHS, name, born, home },
      "CONTRADICTION nobody",
    ],
    ["no number on one side", without("nhs", "upn"), AMELIA, "NAME_BORN_POSTCODE person-1"],
    ["nothing", AMELIA, {}, APART],
    ["nothing on both sides", {}, {}, APART],
  ])("share %s", (...[, theirs, record, decided]) => expect(ruleFor(record, known([theirs]))).toBe(decided));
});

describe("a record where several are in question", () => {
  it.each<[string, Shown, KnownPerson[], string]>([
    [
      "one twin by NHS number",
      { nhs: OTHER_NHS, born, home, name: "Isobel Hartley" },
      known([AMELIA], [{ nhs: OTHER_NHS, born, home, name: "Isobel Hartley" }]),
      "NHS_BORN person-2",
    ],
    [
      "one twin by forename",
      { born, home, name: "Isobel Hartley" },
      known([AMELIA], [{ ...AMELIA, upn: OTHER_UPN, nhs: OTHER_NHS, name: "Isobel Hartley" }]),
      "NAME_BORN_POSTCODE person-2",
    ],
    [
      "a newborn twin without a name",
      { born: "2026-02-01", home, name: "Baby Hartley" },
      known([{ born: "2026-02-01", home, name: "Baby Hartley" }]),
      APART,
    ],
    [
      "a twin whose record carries the other's number",
      { nhs: `~${nhs}`, born, home, name: "Isobel Hartley" },
      known([AMELIA]),
      APART,
    ],
    [
      "two of the same name, birthday and home",
      { name, born, home },
      known([without("nhs")], [without("upn")]),
      "SEVERAL_CANDIDATES nobody",
    ],
    [
      "one by NHS number, another by UPN",
      { nhs, upn, born },
      known([without("upn")], [without("nhs")]),
      "SEVERAL_CANDIDATES nobody",
    ],
    [
      "one by number, another by name and home",
      { nhs, name, born, home },
      known([without("name", "home", "upn")], [without("nhs")]),
      "NHS_BORN person-1",
    ],
    [
      "somebody with two of whose records it agrees",
      { nhs, upn, born },
      known([without("upn"), without("nhs")]),
      "NHS_BORN person-1",
    ],
    ["nobody known", AMELIA, [], APART],
  ])("%s", (...[, record, people, decided]) => expect(ruleFor(record, people)).toBe(decided));
});

describe("one record that holds two children", () => {
  const isaac: Shown = { nhs: "9990864292", name: "Isaac Byrne", born: "2017-09-09", home: "OX99 9ZZ" };
  const isobel: Shown = { upn: "A800999915001", name: "Isobel Byrne", born: "2017-09-09", home: "OX99 9ZZ" };
  const both: Shown = { nhs: "~9990864292", upn: "A800999915001", name: "Isaac Byrne", born: "2017-09-09" };

  it("is no bridge that joins them", () => {
    expect(ruleFor(isobel, known([isaac, both]))).toBe("ONE_RECORD_DIFFERS nobody");
    expect(ruleFor(both, known([isaac], [isobel]))).toBe("SEVERAL_CANDIDATES nobody");
  });
});

describe("an unborn child's record", () => {
  it("is joined to nobody, not even its like", () => {
    const unborn = matchTextsOf(
      demographics({ expectedOn: plainDate("2026-06-01"), addresses: [livingAt("OX99 9ZZ")] }),
    ).map(({ kind, text }) => ({ kind, hash: text }));
    expect(decideLink(unborn, [...known([AMELIA]), { personId: "unborn", records: [unborn] }]).personId).toBeNull();
  });
});

describe("a decision", () => {
  it.each([
    [{ nhs, born }, "It has the same verified NHS number and date of birth"],
    [{ upn, born }, "It has the same UPN and date of birth"],
    [{ nhs: `~${nhs}`, born, name }, "It has the same NHS number, date of birth and forename"],
    [{ name, born, home }, /^It has the same forename, surname, date of birth and postcode, and nobody else/],
    [{ ...AMELIA, nhs: OTHER_NHS }, /different NHS number or UPN, so it stays apart$/],
    [{}, /^nobody known has the same identifier/],
  ])("says why of %j", (record, because) =>
    expect(decideLink(keysOf(record), known([AMELIA])).because).toEqual(expect.stringMatching(because)),
  );

  it("names nobody", () => {
    for (const record of [AMELIA, { name, born, home }, { ...AMELIA, nhs: OTHER_NHS }]) {
      const { rule, because } = decideLink(keysOf(record), known([AMELIA]));
      for (const value of ["Amelia", "Hartley", nhs, upn, born, home])
        expect(`${rule} ${because}`).not.toContain(value);
    }
  });
});
