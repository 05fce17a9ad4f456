import { describe, expect, it } from "vitest";
import { LEFT_OUT, makeRedact } from "../../src/domain/redaction.ts";

const redact = makeRedact({
  names: ["Ottoline Fairweather", "Li Po", "Amelia Marsh", "J. R. (Bob) O'Neil"],
  own: ["amelia", "hartley", "9990123470", "OX99 9ZZ"],
});

describe("taking other people out of words", () => {
  it.each([
    ["Ottoline Fairweather said so; OTTOLINE, again.", "[left out] said so; [left out], again."],
    ["Ottoline  Fairweather", "[left out]"],
    ["Fairweathers stays, for it is another word", "Fairweathers stays, for it is another word"],
    ["write to a.b-c@school.example.org, please", "write to [left out], please"],
    ["(mail: x@y.uk)", "(mail: [left out])"],
    ["ring 01632 960 123 or +44 7700 900123", "ring [left out] or [left out]"],
    ["lives at 3 Larch Close, OX97 3ZZ", "lives at 3 Larch Close, [left out]"],
    ["NHS 999 000 0018", "NHS [left out]"],
    ["met J. R. (Bob) O'Neil", "met [left out]"],
  ])("%s", (words, left) => expect(redact(words).words).toBe(left));

  it.each(["Amelia Hartley, NHS 999 012 3470, of OX99 9ZZ", "born 2019-03-14, seen 2026-04-02 at 10:00", ""])(
    "leaves what is the child's own, and days: %s",
    (words) => expect(redact(words)).toEqual({ words, taken: 0 }),
  );

  it("takes no name of two letters, which stands in too many words, and counts what it took", () => {
    expect(redact("Li saw it")).toEqual({ words: "Li saw it", taken: 0 });
    expect(redact("Marsh and Ottoline")).toEqual({ words: `${LEFT_OUT} and ${LEFT_OUT}`, taken: 2 });
  });

  it("finds nothing where it knows nobody", () =>
    expect(makeRedact({ names: [], own: [] })("Somebody")).toEqual({ words: "Somebody", taken: 0 }));
});
