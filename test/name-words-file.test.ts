import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { forenameOf, surnameOf } from "../src/domain/name-words.ts";
import { makeNameWords, readNameWords } from "../src/store/name-words.ts";
import { policiesFolder } from "../src/store/policy-files.ts";

const words = makeNameWords();
const file = JSON.parse(readFileSync(new URL("names.json", policiesFolder()), "utf8")) as {
  forenames: Record<"short" | "spellings" | "scripts", string[]>;
  surnames: string[];
};
const FORENAMES = Object.values(file.forenames).flat();
const namesOf = (group: string): string[] => [
  ...new Set(group.split(" ").map((name) => forenameOf(name, words) ?? `${name} is no name`)),
];

describe("variants of a forename", () => {
  it.each([
    ["Amelia", "Millie"],
    ["Elizabeth", "Beth"],
    ["Liz", "Beth"],
    ["William", "Bill"],
    ["Ella", "Ellie"],
    ["Lily", "Lilly"],
    ["Mohammed", "Muhammad"],
    ["Mohammed", "Mohd"],
    ["محمد", "Mohammed"],
    ["مُحَمَّد", "Muhammad"],
    ["نور", "Noor"],
    ["نور", "Nur"],
    ["أحمد", "Ahmed"],
    ["احمد", "Ahmad"],
    ["عمر", "Umar"],
    ["عبد الله", "Abdullah"],
    ["عبدالرحمن", "Abdul-Rahman"],
    ["فاطمة", "Fatima"],
    ["یوسف", "Yusuf"],
    ["ফাতেমা", "Fatima"],
    ["Олександр", "Alexander"],
    ["Oleksandr", "Alexander"],
    ["Нікіта", "Mykyta"],
    ["Микита", "Nikita"],
    ["Євген", "Yevhen"],
    ["Γιώργος", "George"],
    ["שרה", "Sarah"],
    ["Yitzchok", "Isaac"],
    ["Siobhán", "Shivaun"],
    ["Seán", "Shaun"],
    ["Caoimhe", "Keeva"],
    ["Hussain", "Hussein"],
    ["Maxamed", "Mohamed"],
  ])("%s and %s", (one, other) => {
    const [a = "", b = ""] = [forenameOf(one, words), forenameOf(other, words)].map((name) => name ?? "");
    expect(a).not.toBe(b);
    expect(words.areVariants(a, b)).toBe(true);
    expect(words.areVariants(b, a)).toBe(true);
    expect(words.standsFor(a)).toBe(words.standsFor(b));
  });

  it.each([
    ["twins who sound alike", "jayden", "kayden"],
    ["twins who sound alike", "ava", "eva"],
    ["two names with one short form", "alexander", "alexandra"],
    ["two names with one short form", "christopher", "christine"],
    ["one name in two religions", "yusuf", "joseph"],
    ["one name in two religions", "ibrahim", "abraham"],
    ["a typing mistake", "amelia", "amleia"],
    ["two names", "amelia", "olivia"],
    ["names of no line", "qwert", "qwerty"],
  ])("are not %s: %s and %s", (_, a, b) => expect(words.areVariants(a, b)).toBe(false));

  it("share a short form that is a variant of both", () => {
    expect(words.areVariants("alex", "alexander")).toBe(true);
    expect(words.areVariants("alex", "alexandra")).toBe(true);
  });

  it("leave a name of no line itself", () => {
    expect(words.standsFor("qwert")).toBe("qwert");
    expect(words.areVariants("qwert", "qwert")).toBe(true);
  });
});

describe("variants of a surname", () => {
  it.each([
    ["Hussain", "Hussein"],
    ["Chowdhury", "Chaudhry"],
    ["چوہدری", "Chaudhry"],
    ["Singh", "ਸਿੰਘ"],
    ["MacDonald", "Mc Donald"],
    ["McKenzie", "Mackenzie"],
    ["O Connor", "O'Connor"],
    ["van der Berg", "Vanderberg"],
    ["Müller", "Mueller"],
    ["Clark", "Clarke"],
  ])("%s and %s", (one, other) =>
    expect(words.areSurnameVariants(surnameOf(one, words) ?? "", surnameOf(other, words) ?? "")).toBe(true),
  );

  it.each([
    ["hartley", "hardley"],
    ["khan", "kane"],
    ["macey", "mcey"],
  ])("are not %s and %s", (a, b) => expect(words.areSurnameVariants(a, b)).toBe(false));
});

describe("the file of names", () => {
  it("has two names or more in every line, once they are in a to z", () => {
    const thin = FORENAMES.filter((group) => namesOf(group).length < 2);
    expect(thin).toEqual([]);
    const thinSurnames = file.surnames.filter(
      (group) => new Set(group.split(" ").map((name) => surnameOf(name, words))).size < 2,
    );
    expect(thinSurnames).toEqual([]);
  });

  it("has every line once, in the order of the alphabet", () => {
    for (const groups of [...Object.values(file.forenames), file.surnames])
      expect(groups).toEqual([...new Set(groups)].sort());
  });

  it("gives every two names of a line the same to stand for both", () => {
    const apart = FORENAMES.filter((group) => new Set(namesOf(group).map((name) => words.standsFor(name))).size > 1);
    expect(apart).toEqual([]);
  });

  it("lets no chain of variants grow long: a key that half of all children share finds nobody", () => {
    const chains = new Map<string, Set<string>>();
    for (const name of FORENAMES.flatMap(namesOf)) {
      const stands = words.standsFor(name);
      chains.set(stands, (chains.get(stands) ?? new Set()).add(name));
    }
    const long = [...chains.values()].filter(({ size }) => size > 40).map((chain) => [...chain].join(" "));
    expect(long).toEqual([]);
  });

  it("reads no name in Arabic or Hebrew letters as a Latin name of another line", () => {
    const mistaken = FORENAMES.flatMap((group) =>
      group
        .split(" ")
        .filter((name) => /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(name))
        .map((name) => forenameOf(name, words) ?? "")
        .filter((read) => FORENAMES.some((other) => other !== group && other.split(" ").includes(read)))
        .map((read) => `${read} of ${group}`),
    );
    expect(mistaken).toEqual([]);
  });

  const folder = mkdtempSync(join(tmpdir(), "names-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const readFrom = (content: string) => () => {
    writeFileSync(join(folder, "names.json"), content);
    return readNameWords(pathToFileURL(`${folder}/`));
  };
  const fileWith = (change: object) => JSON.stringify({ ...file, ...change });

  it.each([
    ["is not JSON", "{", "policies/names.json: is not JSON"],
    ["lacks something", fileWith({ titles: undefined }), "policies/names.json at /titles: "],
    ["holds something else", fileWith({ nicknames: [] }), "policies/names.json at /: "],
    [
      "has a line of one name",
      fileWith({ surnames: ["khan"] }),
      "policies/names.json at /surnames/0: must be two or more",
    ],
    ["has capitals in a title", fileWith({ titles: ["Mr"] }), "policies/names.json at /titles/0: must be lower-case"],
  ])("is refused where it %s", (_, content, problem) => expect(readFrom(content)).toThrow(problem));

  it("is refused where there is none", () =>
    expect(() => readNameWords(pathToFileURL(`${folder}/none/`))).toThrow("policies/names.json: cannot be read"));

  it("is read where it is right, and once for the program", () => {
    expect(readFrom(JSON.stringify(file))().standsFor("bill")).toBe(words.standsFor("william"));
    expect(makeNameWords()).toBe(words);
  });
});
