import { describe, expect, it } from "vitest";
import { plainName } from "../../src/domain/plain-name.ts";

describe("a name as a search compares it", () => {
  it.each([
    ["Amelia", "AMELIA"],
    ["  amelia ", "AMELIA"],
    ["Zoë", "ZOE"],
    ["Zoe\u0308", "ZOE"],
    ["Chloé", "CHLOE"],
    ["Smith-Jones", "SMITHJONES"],
    ["Smith Jones", "SMITHJONES"],
    ["O'Neill", "ONEILL"],
    ["O’Neill", "ONEILL"],
    ["Łucja", "ŁUCJA"],
    ["Straße", "STRASSE"],
    ["Саша", "САША"],
    ["-", ""],
    ["", ""],
  ])("%j is %j", (name, plain) => expect(plainName(name)).toBe(plain));
});
