// What columns are taken for, and which records are looked at together.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Compared } from "../src/domain/compared.ts";
import { keysFor, partsOf } from "../src/domain/match-blocks.ts";
import { headerSays, idColumns } from "../src/domain/match-columns.ts";
import { contentSays, profileOf } from "../src/domain/match-content.ts";
import { explained } from "../src/domain/match-explained.ts";
import { CandidateIndex, LARGEST_KEY } from "../src/domain/match-index.ts";
import { mapColumns } from "../src/domain/match-mapping.ts";
import { valuesOf } from "../src/domain/match-values.ts";
import { makeNameWords } from "../src/store/name-words.ts";

const words = makeNameWords();

describe("a column's name", () => {
  it.each([
    ["given_name", "forename"],
    ["First Name", "forename"],
    ["fname", "forename"],
    ["known_as", "forename"],
    ["Family name", "surname"],
    ["lname_c1", "surname"],
    ["PatientSurname", "surname"],
    ["maiden_name", "formerSurname"],
    ["DOB", "born"],
    ["dateOfBirth", "born"],
    ["birth_date", "born"],
    ["by", "bornYear"],
    ["bm", "bornMonth"],
    ["bd", "bornDay"],
    ["Gender", "sex"],
    ["zip", "postcode"],
    ["Post Code", "postcode"],
    ["NHS No.", "nhs"],
    ["UPN", "upn"],
    ["soc_sec_id", "identifier"],
    ["NI number", "identifier"],
    ["suburb", "town"],
    ["address_1", "street"],
    ["house no", "houseNumber"],
    ["Mobile", "phone"],
    ["e-mail", "email"],
    ["cluster", "TRUTH"],
    ["group", "TRUTH"],
    ["ent_id", "TRUTH"],
    ["true_id", "TRUTH"],
    ["person_id", "TRUTH"],
    ["source", "ROW"],
    ["updated_at", "ROW"],
    ["", "ROW"],
    ["favourite colour", null],
  ])("%s is %s", (header, expected) => expect(headerSays(header)).toBe(expected));

  it("of ids is found, the best first; the answer is none of them", () => {
    expect(idColumns(["name", "case_id", "cluster_id", "unique_id", "dog_id"])).toEqual([3, 1, 4]);
  });
});

describe("what stands in a column", () => {
  const many = (make: (n: number) => string): string[] => Array.from({ length: 100 }, (_, n) => make(n));
  it.each([
    ["dates", many((n) => `${10 + (n % 18)}/03/2017`), "born"],
    ["mailboxes", many((n) => `a${n}@example.org`), "email"],
    ["postcodes", many((n) => `OX${1 + (n % 9)} 1AA`), "postcode"],
    ["M and F", many((n) => (n % 2 ? "M" : "F")), "sex"],
    ["few values", many((n) => ["red", "green", "blue"][n % 3]!), "category"],
    ["codes", many((n) => `AB${n * 7919}`), "identifier"],
    ["words", many((n) => `word${String.fromCharCode(97 + (n % 26))} ${String.fromCharCode(97 + (n % 25))}`), "text"],
    ["one value", many(() => "x"), null],
    ["the rows' numbers", many((n) => String(n + 1)), null],
    ["nothing", many(() => "N/A"), null],
  ])("tells %s", (_, cells, expected) => expect(contentSays(profileOf("?", cells))).toBe(expected));

  it("and its name make a mapping; a name beside a surname is a first name", () => {
    const profiles = ["id", "name", "surname", "full_name", "label"].map((header) =>
      profileOf(header, ["Ada", "Bea", "Cy"]),
    );
    const fields = mapColumns(profiles, 0, { map: new Map(), ignore: new Set() }).map(({ field }) => field);
    expect(fields).toEqual([null, "forename", "surname", null, null]);
  });
});

describe("values", () => {
  const reading = { words, order: "DMY" } as const;
  it.each([
    ["forename", ["fullName"], ["Hartley, Amelia Jane"], ["amelia"]],
    ["surname", ["fullName"], ["Amelia Jane Hartley"], ["hartley"]],
    ["surname", ["surname", "surnameMore"], ["Smith", "Jones"], ["smith jones"]],
    ["surname", ["surname", "formerSurname"], ["Smith", "Jones"], ["smith", "jones"]],
    ["born", ["bornYear", "bornMonth", "bornDay"], ["2017", "3", "4"], ["2017-03-04"]],
    ["born", ["bornYear", "bornMonth", "bornDay"], ["2017", "", ""], ["2017"]],
    ["nhs", ["nhs"], ["999 000 0001"], []],
    ["phone", ["phone"], ["+44 7700 900123"], ["700900123"]],
    ["identifier:ssn", ["identifier:ssn"], ["000-000-000"], []],
    ["town", ["town"], ["NULL"], []],
  ])("of %s from %j: %j", (field, parts, cells, expected) => {
    expect(valuesOf({ field, parts, at: parts.map((_, at) => at) }, cells, reading)).toEqual(expected);
  });
});

describe("candidates", () => {
  const kinds = keysFor(["forename", "surname", "born"]);
  const record = fc.record({
    forename: fc.subarray(["ada", "bea", "cy"], { maxLength: 1 }),
    surname: fc.subarray(["orr", "poe", "orr poe"], { maxLength: 1 }),
    born: fc.subarray(["2017-03-04", "2017-04-03", "2016-05-06"], { maxLength: 1 }),
  });

  it("are those that share a key, each once, and of two files only across", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), fc.option(fc.nat(12)), (records, at) => {
        const split = at === null ? null : Math.min(at, records.length);
        const index = new CandidateIndex({ records: records.length, split });
        const parts = (row: number) => partsOf(records[row] as Compared, words);
        index.add(kinds, parts);
        const keys = records.map(
          (_, row) => new Set(kinds.flatMap((kind) => kind.texts(parts(row)).map((text) => `${kind.name} ${text}`))),
        );
        for (let one = 0; one < (split ?? records.length); one += 1) {
          const found: number[] = [];
          index.candidates(one, (other) => found.push(other));
          const expected = keys.flatMap((each, other) =>
            other >= (split ?? one + 1) && [...each].some((text) => keys[one]?.has(text)) ? [other] : [],
          );
          expect(found.toSorted((a, b) => a - b)).toEqual(expected);
        }
      }),
    );
  });

  it("are not all who share a value that everybody has", () => {
    const records = Array.from({ length: LARGEST_KEY + 1 }, (): Compared => ({
      forename: ["ada"],
      surname: ["orr"],
      born: ["2017-03-04"],
    }));
    const index = new CandidateIndex({ records: records.length, split: null });
    index.add(kinds, (row) => partsOf(records[row] ?? {}, words));
    const found: number[] = [];
    index.candidates(0, (other) => found.push(other));
    expect(found).toEqual([]);
    expect(
      index.uses.filter(({ skipped, largest }) => skipped === 1 && largest === LARGEST_KEY + 1).length,
    ).toBeGreaterThan(5);
  });
});

it("an explanation reads from the heaviest to the lightest, with the reason", () => {
  const contributions = [
    { field: "prior", level: "PRIOR", bits: -12.3 },
    { field: "forename", level: "EXACT", bits: 4 },
    { field: "forename", level: "FREQUENCY", bits: 1.1 },
    { field: "household", level: "CLOSE_SAME", bits: 7.9 },
    { field: "born", level: "ONE_EDIT", bits: 6 },
    { field: "nhs", level: "MISSING", bits: 0 },
    { field: "twins", level: "SAME_HOUSEHOLD_SAME_BIRTHDAY", bits: -6.9 },
  ];
  expect(explained(contributions, { reason: "GUARDED", codes: ["V6"] })).toBe(
    "household surname close, postcode same +7.9; twins -6.9; born one character off +6.0; forename exact +5.1; before anything was compared -12.3; V6: the date of birth is not the same, and no identifier agrees",
  );
});
