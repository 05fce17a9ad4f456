import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { forenameOf, isPlaceholderName, middleOf, surnameOf } from "../../src/domain/name-words.ts";
import { makeNameWords } from "../../src/store/name-words.ts";

const words = makeNameWords();

describe("a forename", () => {
  it.each([
    ["Amelia", "amelia"],
    ["  AMELIA  ", "amelia"],
    ["Amelia Rose", "amelia"],
    ["Amelia (Millie)", "amelia"],
    ["Anne-Marie", "annemarie"],
    ["Anne - Marie", "annemarie"],
    ["D’Arcy", "darcy"],
    ["Master Jack", "jack"],
    ["Miss. Ella", "ella"],
    ["Zoë", "zoe"],
    ["Zoe\u{308}", "zoe"],
    ["Łukasz", "lukasz"],
    ["Siobhán", "siobhan"],
    ["Nguyễn", "nguyen"],
    ["Нікіта", "nikita"],
    ["Наталья", "natalya"],
    ["Γιώργος", "giorgos"],
    ["نور", "nwr"],
    ["محمد", "mhmd"],
    ["مُحَمَّد", "mhmd"],
    ["عمر", "amr"],
    ["עמית", "amyt"],
    ["小明", "xiaoming"],
    ["Abd al-Rahman", "abdalrahman"],
    ["عبد الله", "abdllh"],
    ["عبدالله", "abdllh"],
    ["عمر", "amr"],
    ["عمار", "amaar"],
    ["حسان", "hsaan"],
    ["Amelia2", "amelia"],
  ])("%s is compared as %s", (written, compared) => expect(forenameOf(written, words)).toBe(compared));

  it.each([
    ["Amelia Rose", "rose"],
    ["Amelia Rose Anne-Marie", "rose annemarie"],
    ["Abd al-Rahman Yusuf", "yusuf"],
    ["Amelia", null],
    ["Baby Girl", null],
    [null, null],
  ])("of %j leaves %j for the middle", (written, middle) => expect(middleOf(written, words)).toBe(middle));

  it.each([
    "Baby",
    "BABY",
    "Baby Hartley",
    "Baby Boy",
    "BabyGirl",
    "Baby-Girl",
    "Baby of Sarah",
    "B/O Sarah",
    "Infant",
    "Infant of Sarah Hartley",
    "Twin 1",
    "Twin1",
    "twin-two",
    "TwinOne",
    "Twin A",
    "Triplet 3",
    "Unborn",
    "Unborn Hartley",
    "Unknown",
    "Not Known",
    "not stated",
    "Not Recorded",
    "N/A",
    "N.K.",
    "None",
    "Male",
    "Female",
    "Boy",
    "Test",
    "TBC",
    "To be confirmed",
    "Son of Sarah",
    "XXX",
    "Miss Baby",
    "Mum",
    "Bébé",
    "Neugeborenes",
    "Noworodek",
    "Bebelus",
    "Новорождённый",
    "Sin nombre",
    "N.N.",
    "BB",
    "Second twin",
    "II Twin",
  ])("is none in %j", (written) => {
    expect(isPlaceholderName(written, words)).toBe(true);
    expect(forenameOf(written, words)).toBeNull();
  });

  it.each(["Son", "Na", "Babatunde", "Testimony", "Twinkle", "Bo", "Nona", "Unity", "Norton", "Nil"])(
    "is one in %j",
    (written) => {
      expect(isPlaceholderName(written, words)).toBe(false);
      expect(forenameOf(written, words)).not.toBeNull();
    },
  );

  it.each([null, undefined, "", "  ", "-", "?", "1", "Mr"])(
    "is null for %j, which is no placeholder either",
    (none) => {
      expect(forenameOf(none, words)).toBeNull();
      expect(isPlaceholderName(none, words)).toBe(false);
    },
  );
});

describe("a surname", () => {
  it.each([
    ["Hartley", "hartley"],
    ["O'Connor", "oconnor"],
    ["O’Connor", "oconnor"],
    ["Smith-Jones", "smith jones"],
    ["Smith Jones", "smith jones"],
    ["Smith – Jones", "smith jones"],
    ["van der Berg", "van der berg"],
    ["Mac Donald", "mac donald"],
    ["St. John", "st john"],
    ["Dr Khan", "khan"],
    ["Hartley Jnr", "hartley"],
    ["Hartley (née Cole)", "hartley"],
    ["Müller", "muller"],
    ["Ковальчук", "kovalchuk"],
    ["ਸਿੰਘ", "simgh"],
    ["Child", "child"],
    ["Male", "male"],
    ["Unknown", null],
    ["Not Known", null],
    ["N/A", null],
    ["-", null],
    ["", null],
    [null, null],
  ])("%j is compared as %j", (written, compared) => expect(surnameOf(written, words)).toBe(compared));
});

describe("whatever is written", () => {
  it("is compared by a to z and single spaces, or not at all", () => {
    assert(
      property(string({ unit: "grapheme" }), (written) => {
        expect(forenameOf(written, words) ?? "a").toMatch(/^[a-z]+$/);
        expect(middleOf(written, words) ?? "a").toMatch(/^[a-z]+( [a-z]+)*$/);
        expect(surnameOf(written, words) ?? "a").toMatch(/^[a-z]+( [a-z]+)*$/);
      }),
      { numRuns: 500 },
    );
  });

  it("is compared the same in capitals and small", () => {
    for (const written of ["Amelia Rose", "O'Connor", "Łukasz", "Smith-Jones", "İbrahim", "Weiß"]) {
      expect(forenameOf(written.toUpperCase(), words)).toBe(forenameOf(written, words));
      expect(surnameOf(written.toLowerCase(), words)).toBe(surnameOf(written, words));
    }
  });
});
