import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { soundex } from "../../src/domain/sound.ts";

describe("the sound of a name", () => {
  it.each([
    ["Hartley", "Hartly"],
    ["O'Brien", "Obrian"],
    ["Żukowski", "Zukowsky"],
    ["Hartley-Okafor", "Hartley"],
    ["hussain", "hussein"],
    ["Smith", "smythe"],
  ])("is one for %s and %s", (one, other) => expect(soundex(one)).toBe(soundex(other)));

  it.each([
    ["Robert", "R163"],
    ["Rupert", "R163"],
    ["Ashcraft", "A261"],
    ["Tymczak", "T522"],
    ["Pfister", "P236"],
    ["Honeyman", "H555"],
    ["Lee", "L000"],
    ["张", ""],
    ["", ""],
  ])("of %s is %j", (name, sound) => expect(soundex(name)).toBe(sound));

  it("is a letter and three digits, or nothing", () => {
    assert(
      property(string(), (name) => {
        expect(soundex(name)).toMatch(/^([A-Z]\d{3})?$/);
      }),
    );
  });
});
