import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { findingLine, without } from "../../src/domain/audit-finding.ts";
import { instantOf } from "../../src/domain/uuid.ts";
import { asKept, isLinked, makeLinks, makeMac, ownHalf } from "../../src/store/audit-link.ts";
import { makeIds } from "../../src/store/ids.ts";
import type { AuditRow } from "../../src/store/rows-audit.ts";

const keyed = (text: string) => createHmac("sha256", "a key").update(text).digest("hex");

const ROW: AuditRow = {
  ...({
    id: "01a2",
    at: new Date("2026-03-02T10:00:00.125Z"),
    actorId: "Ünï|✓ 𝄞",
    role: null,
    agencyId: "health",
  } as const),
  ...({
    what: "child.read",
    subjectId: "01a3",
    rule: "in-the-team",
    allowed: true,
    purpose: "x",
    power: null,
  } as const),
  ...({ parts: "EVENTS", sources: null, accessId: null, digest: null, requestId: "01a4" } as const),
  ...({ chain: "01a5", seq: 7, hash: null } as const),
};

describe("the audit's own HMAC", () => {
  it.each(["", "plain", "Ünï ✓ 𝄞", "x".repeat(55), "y".repeat(64), "z".repeat(5_000)])("is node's, of %j", (text) => {
    const key = keyed("key");
    expect(makeMac(key)(text)).toBe(createHmac("sha256", key).update(text).digest("hex"));
  });
});

describe("an entry's hash", () => {
  const links = makeLinks(keyed);
  const before = "ab".repeat(32);

  it("is the same for the same entry, whoever asks and after whichever other", () => {
    const hash = links.hash(ROW, { chain: "01a5", seq: 7, before });
    expect(hash).toMatch(/^[\da-f]{64}$/);
    links.own({ ...ROW, rule: "other" }, ROW);
    expect(makeLinks(keyed).hash({ ...ROW, at: new Date(ROW.at) }, { chain: "01a5", seq: 7, before })).toBe(hash);
    expect([ownHalf(hash) === links.own(ROW, ROW), isLinked(hash, before, ROW)]).toEqual([true, true]);
  });

  it.each(Object.keys(ROW).filter((name) => name !== "hash"))("is another where its %s is", (name) => {
    const column = name as keyof AuditRow;
    const value = ROW[column];
    const other = value instanceof Date ? new Date(0) : typeof value === "boolean" ? !value : `${value}x`;
    const changed = { ...ROW, [column]: other } as AuditRow;
    expect(links.own(changed, changed)).not.toBe(links.own(ROW, ROW));
  });

  it("is another under another key, after another entry, and while it waits", () => {
    const other = makeLinks((text) => keyed(`other ${text}`));
    expect(other.own(ROW, ROW)).not.toBe(links.own(ROW, ROW));
    expect(isLinked(links.hash(ROW, { chain: "01a5", seq: 7, before }), "cd".repeat(32), ROW)).toBe(false);
    expect(ownHalf(links.waiting(ROW))).not.toBe(links.own(ROW, ROW));
  });

  it("takes a lone half of a character as every database gives it back", () =>
    expect(asKept(JSON.stringify("a\ud800b"))).toBe(JSON.stringify("a\ufffdb")));
});

describe("what is found", () => {
  it("is named in one line, without what it says", () =>
    expect(findingLine({ kind: "REMOVED", id: null, chain: "c", places: [3, 5], says: "3 entries are gone" })).toBe(
      "REMOVED           chain c, places 3 to 5: 3 entries are gone",
    ));

  it.each([
    [[], [[1, 9]]],
    [[1, 9], [[2, 8]]],
    [
      [4, 5],
      [
        [1, 3],
        [6, 9],
      ],
    ],
    [[0, 10, 77], [[1, 9]]],
  ])("of 1 to 9 without %j is %j", (places, left) =>
    expect(without({ from: 1, upTo: 9 }, new Set(places)).map(({ from, upTo }) => [from, upTo])).toEqual(left),
  );
});

it("an id says when it was made", () => {
  const before = Date.now();
  const at = instantOf(makeIds()())!.getTime();
  expect(at).toBeGreaterThanOrEqual(before);
  expect(at).toBeLessThanOrEqual(Date.now());
  expect([instantOf("x"), instantOf("01a201e6-e15b-4004-aafe-4a7c01ad4529")]).toEqual([null, null]);
});
