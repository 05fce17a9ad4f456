import { array, assert, constantFrom, nat, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, jaroWinkler } from "../../src/domain/text-distance.ts";

/** Names as they are: few letters, many alike. */
const name = array(constantFrom(..."abcde"), { maxLength: 9 }).map((letters) => letters.join(""));

describe("how alike two names are", () => {
  it.each([
    ["SHACKLEFORD", "SHACKELFORD", 0.982],
    ["DUNNINGHAM", "CUNNIGHAM", 0.896],
    ["NICHLESON", "NICHULSON", 0.956],
    ["JONES", "JOHNSON", 0.832],
    ["MASSEY", "MASSIE", 0.933],
    ["ABROMS", "ABRAMS", 0.922],
    ["HARDIN", "MARTINEZ", 0.722],
    ["JERALDINE", "GERALDINE", 0.926],
    ["MARHTA", "MARTHA", 0.961],
    ["MICHELLE", "MICHAEL", 0.921],
    ["JULIES", "JULIUS", 0.933],
    ["TANYA", "TONYA", 0.88],
    ["DWAYNE", "DUANE", 0.84],
    ["SEAN", "SUSAN", 0.805],
    ["JON", "JOHN", 0.933],
    ["DIXON", "DICKSONX", 0.813],
  ])("%s and %s: %d, as Winkler gives it", (a, b, published) => expect(jaroWinkler(a, b)).toBeCloseTo(published, 3));

  it.each([
    ["amelia", "amelia", 1],
    ["amelia", "", 0],
    ["", "", 1],
    ["abc", "xyz", 0],
    ["a", "b", 0],
  ])("%j and %j: %d", (a, b, alike) => expect(jaroWinkler(a, b)).toBe(alike));

  it("is the same both ways round, from nothing to one, and one for the same alone", () => {
    assert(
      property(name, name, (a, b) => {
        const alike = jaroWinkler(a, b);
        expect(jaroWinkler(b, a)).toBe(alike);
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
        expect(alike === 1).toBe(a === b);
      }),
    );
  });

  it("holds for texts longer than a name, and after them", () => {
    const long = "amelia hartley ".repeat(60);
    expect(jaroWinkler(long, `${long}x`)).toBeGreaterThan(0.99);
    expect(jaroWinkler("MARTHA", "MARHTA")).toBeCloseTo(0.961, 3);
  });
});

/** The same by the book: every cell of the table, each time anew. */
function byTheBook(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  for (let row = 1; row <= a.length; row += 1)
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        table[row - 1]![column]! + 1,
        table[row]![column - 1]! + 1,
        table[row - 1]![column - 1]! + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, table[row - 2]![column - 2]! + 1);
      table[row]![column] = least;
    }
  return table[a.length]![b.length]!;
}

describe("how many slips lie between two texts", () => {
  it.each([
    ["the same", "amelia", "amelia", 0],
    ["a letter wrong", "amelia", "ameliq", 1],
    ["a letter missing", "amelia", "ameia", 1],
    ["a letter too many", "amelia", "ammelia", 1],
    ["neighbours exchanged", "amelia", "amleia", 1],
    ["neighbours exchanged at the end", "amelia", "amelai", 1],
    ["two exchanges", "amelia", "maelai", 2],
    ["no letter edited twice", "ca", "abc", 3],
    ["from nothing", "", "ella", 4],
    ["all of it", "noor", "wei", 4],
  ])("%s: %s and %s", (_, a, b, slips) => expect(editDistance(a, b, 9)).toBe(slips));

  it.each([
    ["amelia", "malia", 1, 2],
    ["amelia", "hartley", 2, 3],
    ["amelia", "amelia", 0, 0],
    ["amelia", "emelia", 0, 1],
    ["a", "abcdef", 3, 4],
  ])("%s and %s, counted to %d: %d", (a, b, most, counted) => expect(editDistance(a, b, most)).toBe(counted));

  it("agrees with the book as far as it counts, and is the same both ways round", () => {
    assert(
      property(name, name, nat(6), (a, b, most) => {
        expect(editDistance(a, b, most)).toBe(Math.min(byTheBook(a, b), most + 1));
        expect(editDistance(b, a, most)).toBe(editDistance(a, b, most));
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes whatever is written", () => {
    assert(
      property(string({ unit: "grapheme" }), string({ unit: "grapheme" }), (a, b) => {
        expect(editDistance(a, b, 400)).toBe(byTheBook(a, b));
      }),
    );
  });

  it("holds for texts longer than a name", () =>
    expect(editDistance("x".repeat(700), `${"x".repeat(350)}y${"x".repeat(350)}`, 3)).toBe(1));
});
