// `hub match` as a process of its own: what a data team gets. All people are made up.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { british, csv, folders, FORENAMES, type Link, people, typo } from "./support/match-files.ts";

const { make, remove } = folders();
afterAll(remove);

/** Each starts a program, several at once. */
const SLOWLY = { timeout: 120_000 };

const PEOPLE = people(300);
const HEAD = "id,forename,surname,date_of_birth,postcode";
const HEALTH = csv(
  HEAD,
  PEOPLE.map((one, n) => [`H${n}`, one.forename, one.surname, one.born, one.postcode]),
);
/** The same people from the hundredth on, with other columns, another order and a few slips. */
const SCHOOL = csv(
  "pupil_id,Family Name,Given Name,DOB,Post Code",
  PEOPLE.slice(100).map((one, n) => [
    `S${n + 100}`,
    n % 10 === 0 ? typo(one.surname) : one.surname,
    one.forename,
    british(one.born),
    one.postcode,
  ]),
  ";",
);
/** Health's file, and again a third of it with a slip in each. */
const DOUBLED = csv(
  `${HEAD},cluster`,
  PEOPLE.flatMap((one, n) => {
    const row = [`R${n}`, one.forename, one.surname, one.born, one.postcode, n];
    return n % 3 === 0 ? [row, [`R${n}b`, one.forename, typo(one.surname), one.born, one.postcode, n]] : [row];
  }),
);

const auto = (links: readonly Link[]): string[] =>
  links.flatMap(({ left_id, right_id, band }) => (band === "AUTO" ? [`${left_id} ${right_id}`] : []));
const review = (links: readonly Link[]): Link[] => links.filter(({ band }) => band === "REVIEW");

describe.concurrent("two files", SLOWLY, () => {
  it("are linked, whatever their columns are called and however they are written", async () => {
    const folder = make();
    const [a, b] = [folder.file("health.csv", HEALTH), folder.file("school.csv", SCHOOL)];
    const { code, out, err } = await folder.match("link", a, b, "--out", join(folder.path, "links.csv"), "--json");
    expect([code, err.includes("Error")]).toEqual([0, false]);
    const joined = auto(folder.links());
    expect(joined.filter((pair) => !/^H(\d+) S\1$/.test(pair))).toEqual([]);
    expect(joined.length).toBeGreaterThanOrEqual(196);
    expect(JSON.parse(out)).toMatchObject({
      records: [300, 200],
      pairsCompared: 60_000,
      links: { AUTO: joined.length },
    });
    for (const words of [
      "Given Name   forename",
      "DOB          born",
      "Post Code    postcode",
      "ids: pupil_id",
      "% comparing",
    ])
      expect(err).toContain(words);
  });

  it("give a sentence for each pair, without a value of anybody", async () => {
    const folder = make();
    const [a, b] = [folder.file("a.csv", HEALTH), folder.file("b.csv", SCHOOL)];
    await folder.match("link", a, b, "--out", join(folder.path, "links.csv"));
    const [first] = folder.links();
    expect(first?.explanation).toMatch(/household same \+\d+\.\d; .*before anything was compared -\d+\.\d/);
    const weights = folder.links().map(({ weight }) => Number(weight));
    expect(weights).toEqual(weights.toSorted((x, y) => y - x));
    const said = folder
      .links()
      .map(({ explanation }) => explanation)
      .join("\n")
      .toLowerCase();
    for (const { forename, surname, born, postcode } of PEOPLE.slice(100, 140))
      for (const value of [`${forename} `, surname, born, postcode]) expect(said).not.toContain(value.toLowerCase());
  });

  it("without a field in common are refused", async () => {
    const folder = make();
    const [a, b] = [
      folder.file("a.csv", "id,forename\n1,Ada\n2,Bea\n"),
      folder.file("b.csv", "id,postcode\n1,OX1 1AA\n2,OX1 1AB\n"),
    ];
    const { code, err } = await folder.match("link", a, b, "--out", join(folder.path, "links.csv"));
    expect(code).toBe(1);
    expect(err).toContain(
      "The two files have no field in common; say what their columns are with --map column=field,...",
    );
    expect(readdirSync(folder.path).toSorted()).toEqual(["a.csv", "b.csv"]);
  });
});

describe.concurrent("one file", SLOWLY, () => {
  it("is rid of doubles; each pair once, the first record first, and the same at every run", async () => {
    const folder = make();
    const file = folder.file("all.csv", DOUBLED);
    const [one, other] = await Promise.all(
      ["one.csv", "other.csv"].map((out) => folder.match("dedupe", file, "--out", join(folder.path, out))),
    );
    expect([one?.code, other?.code]).toEqual([0, 0]);
    const joined = auto(folder.links("one.csv"));
    expect(joined.filter((pair) => !/^R(\d+) R\1b$/.test(pair))).toEqual([]);
    expect(joined.length).toBeGreaterThanOrEqual(95);
    expect(folder.text("one.csv")).toBe(folder.text("other.csv"));
    expect(one?.err).toContain("cluster        -            looks like the answer; --map it to have it compared");
  });

  it("is read as it is: year, month and day in columns of their own, and whole names", async () => {
    const folder = make();
    const rows = PEOPLE.flatMap(({ forename, surname, born, postcode }, n) => {
      const [year, month, day] = born.split("-").map(Number);
      const row = [`R${n}`, `${forename} ${surname}`, year!, month!, day!, postcode];
      return n % 3 === 0 ? [row, [`R${n}b`, `"${typo(surname)}, ${forename}"`, year!, month!, day!, postcode]] : [row];
    });
    const file = folder.file("parts.csv", csv("rec_id,full_name,by,bm,bd,zip", rows));
    const { code, err } = await folder.match("dedupe", file, "--out", join(folder.path, "links.csv"));
    expect(code).toBe(0);
    expect(err).toContain("full_name    fullName");
    expect(auto(folder.links()).length).toBeGreaterThanOrEqual(95);
    expect(folder.links()[0]?.explanation).toContain("born exact");
  });

  it("keeps the model it learnt, and weighs by a model that is given", async () => {
    const folder = make();
    const file = folder.file("all.csv", DOUBLED);
    const out = (name: string): string => join(folder.path, name);
    await folder.match("dedupe", file, "--train", "--save-model", out("model.json"), "--out", out("one.csv"));
    const { code, err } = await folder.match("dedupe", file, "--model", out("model.json"), "--out", out("other.csv"));
    expect(code).toBe(0);
    expect(err).toContain(`Model        from ${out("model.json")}`);
    expect(folder.text("other.csv")).toBe(folder.text("one.csv"));
    expect(JSON.parse(folder.text("model.json"))).toMatchObject({ format: 1, training: { records: 400, seed: 1 } });
  });

  it("makes a model with `train`, under a name", async () => {
    const folder = make();
    const [a, b] = [folder.file("a.csv", HEALTH), folder.file("b.csv", SCHOOL)];
    const { code, err } = await folder.match(
      "train",
      a,
      b,
      "--out",
      join(folder.path, "model.json"),
      "--name",
      "two-files",
    );
    expect([code, err.includes("Model two-files")]).toEqual([0, true]);
    expect(JSON.parse(folder.text("model.json"))).toMatchObject({ version: "two-files", training: { sources: 2 } });
  });

  it("is guarded where families live in it: no brother, sister or twin is joined", async () => {
    const folder = make();
    const others = people(300, 9);
    const rows = PEOPLE.flatMap(({ forename, surname, born, postcode }, n) => {
      const other = others[n]!;
      const row = (id: string, name: string, on = born) => [id, name, surname, on, postcode];
      const sibling = other.forename === forename ? [] : [row(`R${n}s`, other.forename, other.born)];
      const twin = n % 20 === 0 ? [row(`R${n}t`, forename === "Omar" ? "Zara" : "Omar")] : [];
      const alike = n === 7 ? [row("Ella", "Ella"), row("Ellie", "Ellie")] : [];
      const again = n % 2 === 0 ? [row(`R${n}b`, forename)] : [];
      return [row(`R${n}`, forename), ...sibling, ...twin, ...alike, ...again];
    });
    const file = folder.file("families.csv", csv(HEAD, rows));
    const { err } = await folder.match("dedupe", file, "--out", join(folder.path, "links.csv"));
    expect(err).toContain("families live in these files");
    expect(auto(folder.links()).filter((pair) => !/^R(\d+) R\1b$/.test(pair))).toEqual([]);
    expect(auto(folder.links()).length).toBeGreaterThanOrEqual(120);
    const twins = review(folder.links()).find(({ left_id, right_id }) => left_id === "Ella" && right_id === "Ellie");
    expect(twins?.explanation).toContain("V3: possible twins, or brother and sister");
  });

  it.each([
    ["forenames,surname", (first: string, last: string) => [first, last]],
    ["full_name", (first: string, last: string) => [`${first} ${last}`]],
  ])("tells brothers of one birth apart by their second names, in columns %s", async (names, named) => {
    const folder = make();
    const seconds = "Ali Hassan Jane Rose James Lee Omar Noor".split(" ");
    const rows = PEOPLE.flatMap(({ forename, surname, born, postcode }, n) => {
      const row = (id: string, first: string, on = born) => [id, ...named(first, surname), on, postcode];
      const own = n % 2 === 0 ? `${forename} ${seconds[n % 8]}` : forename;
      const sibling = row(
        `R${n}s`,
        FORENAMES[n % 30] === forename ? "Wes" : FORENAMES[n % 30]!,
        `2004-06-${13 + (n % 15)}`,
      );
      const brothers =
        n % 50 === 0
          ? [row(`R${n}h`, "Muhammad Hassan"), row(`R${n}a`, "Muhammad Ali"), row(`R${n}hb`, "Muhammad Hassan")]
          : [];
      return [row(`R${n}`, own), sibling, ...(n % 3 === 0 ? [row(`R${n}b`, own)] : []), ...brothers];
    });
    const file = folder.file("brothers.csv", csv(`id,${names},date_of_birth,postcode`, rows));
    const { code } = await folder.match("dedupe", file, "--out", join(folder.path, "links.csv"));
    expect(code).toBe(0);
    const joined = auto(folder.links());
    expect(joined.filter((pair) => !/^R(\d+h?) R\1b$/.test(pair))).toEqual([]);
    expect(joined.filter((pair) => pair.endsWith("hb"))).toHaveLength(6);
    expect(joined.length).toBeGreaterThanOrEqual(96);
  });

  it("keeps a spreadsheet from running an id", async () => {
    const folder = make();
    const file = folder.file("all.csv", DOUBLED.replace("\nR0,", "\n=R0(),"));
    await folder.match("dedupe", file, "--out", join(folder.path, "links.csv"));
    expect(folder.text("links.csv")).toContain("\n'=R0(),R0b,");
    expect(folder.text("links.csv")).not.toMatch(/(^|,)[=@]/m);
  });
});

describe.concurrent("columns", SLOWLY, () => {
  it("are what --map and --ignore say", async () => {
    const folder = make();
    const file = folder.file("all.csv", DOUBLED.replace(HEAD, "id,a,b,c,d"));
    const args = [
      "--map",
      "a=given_name, b=surname,c=born",
      "--ignore",
      "d",
      "--report",
      join(folder.path, "report.json"),
    ];
    const { code, err } = await folder.match("dedupe", file, "--out", join(folder.path, "links.csv"), ...args);
    expect(code).toBe(0);
    for (const words of ["a            forename     said with --map", "d            -            said with --ignore"])
      expect(err).toContain(words);
    expect(folder.links()[0]?.explanation).not.toContain("postcode");
    expect(JSON.parse(folder.text("report.json"))).toMatchObject({
      records: [400],
      keys: null,
      files: [{ records: 400 }],
    });
  });

  it.each([
    [
      "a column that is not there",
      ["--map", "fore=forename"],
      "--map: there is no column fore; the columns are id, forename,",
    ],
    [
      "a field that does not exist",
      ["--map", "forename=shoe"],
      "--map: there is no field shoe; the fields are forename, middle,",
    ],
    [
      "something that is no pair",
      ["--map", "forename"],
      "--map: write column=field, with commas between; this is not one: forename",
    ],
    ["a column to ignore that is not there", ["--ignore", "shoe"], "--ignore: there is no column shoe"],
    ["ids that are not there", ["--id", "number"], "--id: there is no column number; the columns are id, forename,"],
    ["a policy that does not exist", ["--policy", "lax"], "--policy: use one of auto, strict, balanced"],
    ["a model and to learn one", ["--model", "m.json", "--train"], "a model from a file is not trained"],
    ["a model that is not there", ["--model", "nowhere.json"], "--model: nowhere.json cannot be read"],
  ])("are refused with %s", async (_, args, words) => {
    const folder = make();
    const { code, err } = await folder.match(
      "dedupe",
      folder.file("all.csv", DOUBLED),
      "--out",
      join(folder.path, "links.csv"),
      ...args,
    );
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(existsSync(join(folder.path, "links.csv"))).toBe(false);
  });
});
