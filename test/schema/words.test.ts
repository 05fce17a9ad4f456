import { describe, expect, it } from "vitest";
import { NAME_WORDS, WORDS } from "../../src/schema/child.ts";

describe("words", () => {
  it.each(["a", "She said:\n\t“no”.", "é", "👩‍👧", "محمد", "\u202Bمحمد\u202C", " x ", "7", "x".repeat(10_000)])(
    "are %j",
    (text) => expect(text).toMatch(WORDS),
  );

  it.each([
    ["nothing", ""],
    ["spaces", " \n\t\u00A0\u3000"],
    ["what has no width", "\u200B\u200C\u200D\u2060\uFEFF\u00AD"],
    ["letters that do not show", "\u115F\u3164\uFFA0\u034F\u2800"],
    ["marks of direction", "\u200E\u200F\u202E"],
    ["half a character", "a\uD800b"],
    ["the other half", "\uDC00"],
    ["a control character", "a\0"],
    ["a control character of the second kind", "a\u0085b"],
  ])("are not %s", (_, text) => expect(text).not.toMatch(WORDS));
});

describe("a name", () => {
  it.each(["Ann", "Zoë O’Neill-Smith", "محمد علی", "نیم\u200Cفاصله", "李"])("is %j", (text) =>
    expect(text).toMatch(NAME_WORDS),
  );

  it.each([
    "",
    " ",
    "\u200B",
    "\u2060\u00AD",
    "Ann\u202Ellib",
    "\u2066Ann\u2069",
    "A\uD800",
    "Ann\nLee",
    "Ann\u2028Lee",
    "A\0",
  ])("is not %j", (text) => expect(text).not.toMatch(NAME_WORDS));
});
