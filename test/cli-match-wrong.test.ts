// `hub match` with the files that people really send. Nothing is silent, and no message holds anybody's data. All made up.

import { existsSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { seeded } from "../src/domain/seeded.ts";
import { british, csv, folders, FORENAMES, people } from "./support/match-files.ts";

const { make, remove } = folders();
afterAll(remove);

/** Each starts a program, several at once. */
const SLOWLY = { timeout: 120_000 };

const PEOPLE = people(300, 2);
const HEAD = "id,forename,surname,date_of_birth,postcode";
const rowsOf = (letter: string): (string | number)[][] =>
  PEOPLE.map((one, n) => [`${letter}${n}`, one.forename, one.surname, one.born, one.postcode]);
const FILE = csv(HEAD, rowsOf("A"));
const [AUTO, LINKS] = ["AUTO", "links.csv"];

describe.concurrent("a file that cannot be used", SLOWLY, () => {
  it.each([
    [
      "has no ids",
      "forename,surname\nAda,Orr\nBea,Poe\n",
      "there is no column of ids; name the one that tells records apart with --id COLUMN; the columns are forename, surname",
    ],
    ["lacks an id", `${FILE},Ada,Orr,2017-03-14,OX1 1AA\n`, "no id in column id at line 302; every record needs one"],
    [
      "has an id twice",
      `${FILE}A7,Ada,Orr,2017-03-14,OX1 1AA\n`,
      "column id holds an id twice at line 302 (as in 9); ids must tell records apart",
    ],
    ["is empty", "", "the file is empty; its first line must name the columns"],
    ["has only a header", `${HEAD}\n`, "there are no records below the header"],
    [
      "has no header",
      "17,Ada,Orr,2017-03-14\n18,Bea,Poe,2016-02-02\n",
      "line 1: this is no header; the first line must name the columns",
    ],
    ["names two columns alike", "id,name,name\n1,Ada,Orr\n", "line 1: two columns are named name; rename one"],
    [
      "opens a quote and never closes it",
      `${HEAD}\n1,"Ada,Orr\n2,Bea,Poe\n`,
      "this is not CSV (RFC 4180): a quote is opened and not closed",
    ],
    [
      "is a spreadsheet",
      Buffer.from("504b0304140000000800000021000000", "hex"),
      "this is not a text file; save the sheet as CSV",
    ],
    [
      "has nothing to compare",
      "id,cluster\n1,1\n2,1\n",
      "no column can be compared; say what they are with --map column=field,...",
    ],
  ])("because it %s is refused with one sentence, and nothing is written", async (_, content, words) => {
    const folder = make();
    const file = folder.file("a.csv", content);
    const { code, err } = await folder.match("dedupe", file, "--out", join(folder.path, LINKS));
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(err).toContain(file);
    expect(err).not.toMatch(/Orr|Poe|at .*\.ts/);
    expect(readdirSync(folder.path)).toEqual(["a.csv"]);
  });

  it("because it is not there is named", async () => {
    const folder = make();
    const { code, err } = await folder.match(
      "link",
      folder.file("a.csv", FILE),
      "nowhere.csv",
      "--out",
      join(folder.path, LINKS),
    );
    expect([code, err.includes("nowhere.csv: this file cannot be read")]).toEqual([1, true]);
  });

  it.each([
    ["is one of the inputs", "a.csv", "is one of the files to read; name another"],
    ["lies in no folder", "none/links.csv", "cannot be written; look at the folder"],
    ["is a folder", ".", "is a folder; name a file"],
  ])("as an output because it %s is refused before anything is read", async (_, name, words) => {
    const folder = make();
    const file = folder.file("a.csv", FILE);
    const { code, err } = await folder.match("dedupe", file, "--out", join(folder.path, name));
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(folder.text("a.csv")).toBe(FILE);
  });

  it("is an output that a link leads from to an input, or that stands for two", async () => {
    const folder = make();
    const file = folder.file("a.csv", FILE);
    const linked = join(folder.path, "linked.csv");
    symlinkSync(file, linked);
    const over = await folder.match("dedupe", linked, "--out", file);
    expect([over.code, over.err.includes("is one of the files to read")]).toEqual([1, true]);
    const out = join(folder.path, LINKS);
    const twice = await folder.match("dedupe", file, "--out", out, "--report", out);
    expect([twice.code, twice.err.includes("each needs its own")]).toEqual([1, true]);
    expect(folder.text("a.csv")).toBe(FILE);
  });
});

describe.concurrent("a file that can be used with care", SLOWLY, () => {
  const odd = (n: number): boolean => n % 2 === 1;

  it.each([
    ["LF", "\n"],
    ["CR alone", "\r"],
  ])("holds lines in two encodings, ending in %s: none loses a match, and they are counted", async (_, end) => {
    const folder = make();
    const accented = rowsOf("B").map((row, n) =>
      n % 30 === 0 ? [row[0]!, "José", `Muñoz${row[2]}`, row[3]!, row[4]!] : row,
    );
    const plain = accented.map((row) => row.map((cell) => String(cell).replace("B", "A")));
    const mixed = Buffer.concat(
      csv(HEAD, accented)
        .split("\n")
        .map((line, n) => Buffer.from(`${line}${end}`, odd(n) ? "latin1" : "utf8")),
    );
    const [a, b] = [folder.file("a.csv", `\uFEFF${csv(HEAD, plain)}`), folder.file("b.csv", mixed)];
    const { code, err } = await folder.match("link", a, b, "--out", join(folder.path, LINKS));
    expect(code).toBe(0);
    expect(err).toMatch(/b\.csv: 10 lines were not UTF-8 and read as Windows-1252 \(the first is line 2\)/);
    const joined = new Set(
      folder
        .links()
        .filter(({ band }) => band === AUTO)
        .map(({ left_id }) => left_id),
    );
    for (let n = 0; n < 300; n += 30) expect(joined).toContain(`A${n}`);
  });

  it("is UTF-16, with tabs between the cells", async () => {
    const folder = make();
    const wide = Buffer.from(`\uFEFF${csv(HEAD, rowsOf("B"), "\t")}`, "utf16le");
    const { code, err } = await folder.match(
      "link",
      folder.file("a.csv", FILE),
      folder.file("b.csv", wide),
      "--out",
      join(folder.path, LINKS),
    );
    expect(code).toBe(0);
    expect(err).toContain("b.csv: it is UTF-16 and was read as such");
    expect(folder.links().filter(({ band }) => band === AUTO)).toHaveLength(300);
  });

  it("writes dates in three formats, and some that are none", async () => {
    const folder = make();
    const month = ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const written = rowsOf("B").map((row, n) => {
      const born = String(row[3]);
      const worded = `${born.slice(8)} ${month[Number(born.slice(5, 7))]} ${born.slice(0, 4)}`;
      const date = n < 4 ? "32/13/2017" : [born, british(born), worded][n % 3];
      return [...row.slice(0, 3), date!, row[4]!];
    });
    const [a, b] = [folder.file("a.csv", FILE), folder.file("b.csv", csv(HEAD, written))];
    const { err } = await folder.match("link", a, b, "--out", join(folder.path, LINKS));
    expect(err).toContain("b.csv: born: 4 dates cannot be read, or stand for none");
    expect(
      folder.links().filter(({ explanation }) => explanation.includes("born exact")).length,
    ).toBeGreaterThanOrEqual(296);
  });

  it("has the month before the day throughout, which some of its dates show", async () => {
    const folder = make();
    const american = rowsOf("B").map((row) => {
      const [year, month, day] = String(row[3]).split("-");
      return [...row.slice(0, 3), `${month}/${day}/${year}`, row[4]!];
    });
    const { err } = await folder.match(
      "link",
      folder.file("a.csv", FILE),
      folder.file("b.csv", csv(HEAD, american)),
      "--out",
      join(folder.path, LINKS),
    );
    expect(err).toContain("b.csv: its dates have the month before the day");
    expect(folder.links().filter(({ band }) => band === AUTO)).toHaveLength(300);
  });

  it("has numbers that fail their check digit: kept, counted, never evidence", async () => {
    const folder = make();
    const wrong = (letter: string): string =>
      csv(
        `${HEAD},nhs_number`,
        rowsOf(letter).map((row, n) => [...row, n < 12 ? "999 000 0001" : ""]),
      );
    const [a, b] = [folder.file("a.csv", wrong("A")), folder.file("b.csv", wrong("B"))];
    const { err } = await folder.match("link", a, b, "--out", join(folder.path, LINKS));
    expect(err).toContain(
      "a.csv: NHS number: 12 numbers fail their check or may not be compared; the records are kept, the numbers are no evidence",
    );
    const links = folder.links();
    expect(links.filter(({ explanation }) => explanation.includes("NHS"))).toEqual([]);
    expect(links.filter(({ band }) => band === AUTO)).toHaveLength(300);
  });

  it("has one value in a key too often: skipped and counted, on the screen and in the report", async () => {
    const folder = make();
    const many = people(2_400, 3).map((one, n) => [
      `R${n}`,
      one.forename,
      "Hartley",
      one.born,
      one.postcode,
      "1 High Street",
    ]);
    const file = folder.file("a.csv", csv(`${HEAD},street`, many));
    const report = join(folder.path, "report.json");
    const { code, err } = await folder.match("dedupe", file, "--out", join(folder.path, LINKS), "--report", report);
    expect(code).toBe(0);
    expect(err).toContain(
      "key surname's sound and street: 1 key skipped in more than 300 records (the largest in 2,400)",
    );
    const { keysSkipped, keys } = JSON.parse(folder.text("report.json"));
    expect(keysSkipped).toBeGreaterThan(0);
    expect(keys).toContainEqual(
      expect.objectContaining({ name: "surname's sound and street", skipped: 1, largest: 2_400 }),
    );
  });

  it("has a hundred thousand rows that say the same: it ends, and compares next to nothing", async () => {
    const folder = make();
    const same = Array.from({ length: 100_000 }, (_, n) => [
      `R${n}`,
      "Baby",
      "Hartley",
      "01/01/1900",
      "OX1 1AA",
      FORENAMES[n % 2]!,
    ]);
    const file = folder.file("a.csv", csv(`${HEAD},school`, same));
    const { code, out, err } = await folder.match("dedupe", file, "--out", join(folder.path, LINKS), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ records: [100_000], pairsCompared: 0, links: { AUTO: 0, REVIEW: 0 } });
    expect(JSON.parse(out).keysSkipped).toBeGreaterThan(0);
    expect(err).toContain("(the largest in 100,000)");
  });

  it("has two records: nothing can be learnt, and nobody is joined by it", async () => {
    const folder = make();
    const file = folder.file("a.csv", "id,forename,surname\n1,Ada,Orr\n2,Bea,Poe\n");
    const { code } = await folder.match("dedupe", file, "--out", join(folder.path, LINKS));
    expect(code).toBe(0);
    expect(folder.links().filter(({ band }) => band === AUTO)).toEqual([]);
    expect(existsSync(join(folder.path, LINKS))).toBe(true);
  });

  it("has two hundred columns of no name: the twenty that tell most are compared, the rest are named", async () => {
    const folder = make();
    const random = seeded(4);
    const wide = PEOPLE.map((_, n) => [
      `A${n}`,
      ...Array.from({ length: 200 }, (_column, at) =>
        at < 100 ? `v${Math.floor(random() * 5)}` : `w${Math.floor(random() * (at + 50))} road`,
      ),
    ]);
    const head = `id,${Array.from({ length: 200 }, (_, at) => `x${at}`).join(",")}`;
    const file = folder.file("a.csv", csv(head, wide));
    const [out, report] = [join(folder.path, LINKS), join(folder.path, "report.json")];
    const { code, err } = await folder.match("dedupe", file, "--out", out, "--report", report);
    expect(code).toBe(0);
    expect(err).toContain("a.csv: 180 columns whose names say nothing are not compared: the 20 that tell most are");
    const left = JSON.parse(folder.text("report.json")).files[0].columnsLeftOut;
    expect(left).toHaveLength(180);
    expect(left).toEqual(expect.arrayContaining(Array.from({ length: 100 }, (_, at) => `x${at}`)));
  });
});
