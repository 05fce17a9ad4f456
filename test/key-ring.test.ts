import { describe, expect, it } from "vitest";
import { KeyFault, keyIdOf, makeKeyRing, withNewKey } from "../src/store/key-ring.ts";
import { keySet, testKeys } from "./support/test-keys.ts";

const CONCERN = { purpose: "referral.concern" };
const WORDS = "She flinched. Zoë 🧸 was there too.";

const faultOf = (run: () => unknown): KeyFault => {
  try {
    run();
  } catch (error) {
    if (error instanceof KeyFault) return error;
    throw error;
  }
  throw new Error("It opened");
};

describe("a value under a ring of keys", () => {
  const keys = testKeys("old", "new");

  it.each(["", "x", WORDS, "v1.new.not-sealed", "🧸".repeat(10_000)])("opens as it was given: %#", (text) => {
    const sealed = keys.seal(text, CONCERN);
    expect(keyIdOf(sealed)).toBe("new");
    expect(keys.open(sealed, CONCERN)).toBe(text);
    if (text.length > 3) expect(sealed).not.toContain(text);
  });

  it("never looks the same twice", () => {
    const sealed = Array.from({ length: 100 }, () => keys.seal(WORDS, CONCERN));
    expect(new Set(sealed).size).toBe(100);
  });

  it("opens under an older key of the ring, and under another ring with that key", () => {
    const sealed = testKeys("old").seal(WORDS, CONCERN);
    expect(keyIdOf(sealed)).toBe("old");
    expect(keys.open(sealed, CONCERN)).toBe(WORDS);
  });

  it("opens to nobody without its key, and says which that is", () => {
    const fault = faultOf(() => testKeys("old").open(keys.seal(WORDS, CONCERN), CONCERN));
    expect(fault).toMatchObject({ keyId: "new", place: "referral.concern" });
    expect(fault.message).toBe("referral.concern: a value is sealed under the key new, which is not among HUB_KEYS");
  });

  it("opens under no other key of the same name", () => {
    const other = withNewKey("new");
    const fault = faultOf(() => makeKeyRing(other).open(keys.seal(WORDS, CONCERN), CONCERN));
    expect(fault.message).toContain("sealed under another key of that name");
  });

  it("does not open in another column, or another row than it is bound to", () => {
    const sealed = keys.seal(WORDS, CONCERN);
    expect(faultOf(() => keys.open(sealed, { purpose: "referral_step.because" })).message).toContain("moved");
    const bound = keys.seal(WORDS, { ...CONCERN, rowId: "one" });
    expect(keys.open(bound, { ...CONCERN, rowId: "one" })).toBe(WORDS);
    for (const rowId of ["other", undefined]) faultOf(() => keys.open(bound, { ...CONCERN, ...(rowId && { rowId }) }));
  });

  it("does not open under the name of another key", () => {
    const sealed = keys.seal(WORDS, CONCERN);
    const fault = faultOf(() => keys.open(sealed.replace("v1.new.", "v1.old."), CONCERN));
    expect(fault.keyId).toBe("old");
  });

  it("does not open with any letter of it changed, cut or added", () => {
    const sealed = keys.seal("short", CONCERN);
    const from = "v1.new.".length;
    for (let at = from; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === "A" ? "B" : "A";
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      faultOf(() => keys.open(changed, CONCERN));
    }
    for (const changed of [sealed.slice(0, -2), `${sealed}AA`, "v1.new.", "v1.new.x", "words", ""]) {
      const fault = faultOf(() => keys.open(changed, CONCERN));
      expect(fault.message).not.toContain(sealed.slice(from));
    }
  });

  it("is told from what somebody wrote", () => {
    for (const words of [
      "v1.",
      "v1.new",
      "v1.new.words and more words and more words, all of them plain",
      "v2.new.AAAA",
      "",
    ])
      expect(keyIdOf(words)).toBeNull();
  });

  it("that does not open is reported once for its place and key", () => {
    const heard: string[] = [];
    const ring = makeKeyRing(keySet("old"), ({ keyId, place }) => void heard.push(`${place} ${keyId}`));
    for (let at = 0; at < 3; at += 1) faultOf(() => ring.open(keys.seal(WORDS, CONCERN), CONCERN));
    expect(heard).toEqual(["referral.concern new"]);
  });
});

describe("a ring of keys", () => {
  it("is refused without its current key, or with a key of another length", () => {
    expect(() => makeKeyRing({ current: "new", keys: keySet("old").keys })).toThrow("The current key new");
    expect(() => makeKeyRing({ current: "old", keys: { old: "c2hvcnQ=" } })).toThrow("The key old is not 32 bytes");
  });

  it("is made anew with one key more, which is current", () => {
    const before = keySet("old");
    const after = withNewKey("new", before);
    expect(after).toMatchObject({ current: "new", keys: before.keys });
    const sealed = makeKeyRing(before).seal(WORDS, CONCERN);
    expect(makeKeyRing(after).open(sealed, CONCERN)).toBe(WORDS);
  });
});
