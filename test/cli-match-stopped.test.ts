// `hub match` stopped half-way: it is gone at once, and leaves nothing half-made. All people are made up.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openOutput, writeAll } from "../src/cli-match-write.ts";
import { csv, folders, people, PROGRAM } from "./support/match-files.ts";

const { make, remove } = folders();
afterAll(remove);

const SLOWLY = { timeout: 120_000 };
const MANY = csv(
  "id,forename,surname,date_of_birth,postcode",
  people(20_000, 5).map((one, n) => [`R${n}`, one.forename, one.surname, one.born, one.postcode]),
);

/** Starts it, stops it as soon as it says so, and answers by what it ended and what it said. */
async function stopped(folder: { path: string; file: string }, at: string, signal: NodeJS.Signals) {
  const args = ["--import", "@oxc-node/core/register", PROGRAM, "match", "dedupe", folder.file];
  const child = spawn(process.execPath, [...args, "--out", join(folder.path, "links.csv")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  let sent = false;
  child.stderr.on("data", (text: Buffer) => {
    said += text.toString();
    if (!sent && said.includes(at)) sent = child.kill(signal);
  });
  const [, by] = await once(child, "close");
  return { by, said };
}

describe.concurrent("stopped while it computes", SLOWLY, () => {
  it.each([
    ["learning", "SIGTERM", "% comparing"],
    ["learning", "SIGINT", "% comparing"],
    ["comparing", "SIGTERM", "% deciding"],
    ["comparing", "SIGINT", "% deciding"],
  ] as const)("(%s) by %s, it goes no further, and leaves no file", async (at, signal, next) => {
    const { path, file } = make();
    const { by, said } = await stopped({ path, file: file("a.csv", MANY) }, at, signal);
    expect(by).toBe(signal);
    expect(said).toContain(at);
    expect(said).not.toContain(next);
    expect(readdirSync(path)).toEqual(["a.csv"]);
  });
});

describe("stopped while it writes", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("by %s, it leaves no half of a file, and ends by that", async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), "match-stopped-"));
    const script = join(folder, "writes.ts");
    const half = join(folder, "half.csv");
    writeFileSync(
      script,
      `import { openOutput, writeAll } from ${JSON.stringify(new URL("../src/cli-match-write.ts", import.meta.url).href)};
       const output = openOutput("--out", ${JSON.stringify(half)}, []);
       setInterval(() => {}, 1_000);
       await writeAll([output], async () => {
         output.write("half");
         console.log("written");
         await new Promise(() => {});
       });`,
    );
    const child = spawn(process.execPath, ["--import", REGISTER, script], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toHaveLength(1);
    child.kill(signal);
    const [, by] = await once(child, "close");
    expect(by).toBe(signal);
    expect(readdirSync(folder)).toEqual(["writes.ts"]);
    rmSync(folder, { recursive: true });
  });

  it("listens no longer once all is in its place", async () => {
    const { path } = make();
    const before = process.listenerCount("SIGTERM");
    const output = openOutput("--out", join(path, "whole.csv"), []);
    expect(readdirSync(path)).toEqual([]);
    await writeAll([output], () => {
      output.write("whole");
      expect(process.listenerCount("SIGTERM")).toBe(before + 1);
    });
    expect(process.listenerCount("SIGTERM")).toBe(before);
    expect(readdirSync(path)).toEqual(["whole.csv"]);
  });
});

const REGISTER = new URL("../node_modules/@oxc-node/core/register.mjs", import.meta.url).href;
