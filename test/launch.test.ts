import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launch } from "../simulators/support/launch.ts";

let folder: string;
let stub: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "launch-"));
  stub = await program(
    "stub.mjs",
    `const server = (await import("node:http")).createServer().listen(0, "127.0.0.1", () => {
      console.log(JSON.stringify({ ready: "stub", url: "http://127.0.0.1:" + server.address().port, args: process.argv.slice(2) }));
    });
    if (process.argv.includes("--stubborn")) process.on("SIGTERM", () => {});`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function program(name: string, source: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, source);
  return file;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Resolves when a process that is not ours to wait for is gone; the test's own time limit ends a wait in vain. */
async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("a launched program", () => {
  it("is handed its arguments and answers where it is", async () => {
    const running = await launch({ program: stub, args: ["--seed", "7"], name: "stub" });
    expect(running.ready).toEqual({ ready: "stub", url: expect.stringMatching(/^http:/), args: ["--seed", "7"] });
    expect(isAlive(running.pid)).toBe(true);
    await running.stop();
    expect(isAlive(running.pid)).toBe(false);
  });

  it("can be killed without a word", async () => {
    const running = await launch({ program: stub, args: [], name: "stub" });
    running.kill("SIGKILL");
    expect(await running.ended).toEqual({ code: null, signal: "SIGKILL" });
  });

  it("is made to stop when it will not", async () => {
    const running = await launch({ program: stub, args: ["--stubborn"], name: "stub", stopsWithinMs: 100 });
    await running.stop();
    expect((await running.ended).signal).toBe("SIGKILL");
  });

  it("that fails to start is named with its code", async () => {
    const failing = await program("failing.mjs", "process.exit(3);");
    await expect(launch({ program: failing, args: [], name: "stub" })).rejects.toThrow(
      "The stub simulator ended (code 3) before it was ready",
    );
  });

  it("that stays silent is given up", async () => {
    const silent = await program("silent.mjs", "setInterval(() => {}, 1_000);");
    await expect(launch({ program: silent, args: [], name: "stub", readyWithinMs: 300 })).rejects.toThrow(
      /was not ready within/,
    );
  });

  it("stops when its start is called off", async () => {
    const silent = await program("waiting.mjs", "setInterval(() => {}, 1_000);");
    const calledOff = new AbortController();
    const starting = launch({ program: silent, args: [], name: "stub", signal: calledOff.signal });
    calledOff.abort();
    await expect(starting).rejects.toThrow(/ended \(SIGTERM\) before it was ready/);
  });

  it("does not outlive a parent that is killed", async () => {
    const launcher = resolve("simulators/support/launch.ts");
    const parent = await program(
      "parent.mts",
      `import { launch } from ${JSON.stringify(launcher)};
       const { pid } = await launch({ program: ${JSON.stringify(stub)}, args: [], name: "stub" });
       console.log(JSON.stringify({ ready: "parent", pid }));`,
    );
    const running = await launch({ program: parent, args: [], name: "parent" });
    const child = Number(running.ready["pid"]);
    running.kill("SIGKILL");
    await gone(child);
    expect(isAlive(running.pid)).toBe(false);
  });
});

interface Systems {
  ready: string;
  systems: Record<string, { url: string; pid: number }>;
}

describe("npm run simulators", () => {
  const started: ChildProcess[] = [];
  afterEach(() => started.splice(0).forEach((child) => child.kill("SIGKILL")));

  function simulators(...args: string[]): ChildProcess {
    const flags = ["--import", "@oxc-node/core/register", "simulators/main.ts", ...args];
    const child = spawn(process.execPath, flags, { stdio: "pipe" });
    started.push(child);
    return child;
  }
  async function ready(child: ChildProcess): Promise<Systems> {
    const [line] = (await once(createInterface({ input: child.stdout! }), "line")) as [string];
    return JSON.parse(line) as Systems;
  }
  const ended = async (child: ChildProcess) => {
    const [words, [code]] = await Promise.all([text(child.stderr!), once(child, "exit") as Promise<[number]>]);
    return { words, code };
  };

  const AGENCIES = ["health", "education", "police", "socialCare"];
  const answers = async ({ systems }: Systems, name: string) => {
    const { url } = systems[name]!;
    const path = name === "issuer" ? "/people" : "/__sim/health";
    return (await fetch(url + path)).json().catch(() => null) as Promise<unknown>;
  };

  it("starts every system and leaves none behind", async () => {
    const child = simulators("--port-base", "0", "--children", "10");
    const running = await ready(child);
    expect(Object.keys(running.systems)).toEqual([...AGENCIES, "issuer"]);
    expect(running.systems["socialCare"]).toMatchObject({ databaseUrl: expect.stringMatching(/^\w+:\/\/.+/) });
    for (const name of Object.keys(running.systems)) {
      expect(await answers(running, name)).toMatchObject({ synthetic: true });
    }
    child.kill("SIGTERM");
    expect(await ended(child)).toEqual({ code: 0, words: "" });
    expect(Object.values(running.systems).filter(({ pid }) => isAlive(pid))).toEqual([]);
  });

  it("leaves the others running when one dies", async () => {
    const child = simulators("--port-base=0", "--children=10", "--only=police,issuer");
    const running = await ready(child);
    const complaint = once(createInterface({ input: child.stderr! }), "line");
    process.kill(running.systems["police"]!.pid, "SIGKILL");
    expect(await complaint).toEqual(["The police simulator has ended (SIGKILL)"]);
    expect(await answers(running, "issuer")).toMatchObject({ synthetic: true });
    child.kill("SIGINT");
    expect((await once(child, "exit"))[0]).toBe(0);
  });

  it.each(["SIGKILL", "closed input"])("leaves nothing behind after %s", async (way) => {
    const child = simulators("--only=issuer", "--port-base=0", "--with-parent");
    const { systems } = await ready(child);
    if (way === "SIGKILL") child.kill("SIGKILL");
    else child.stdin!.end();
    await gone(systems["issuer"]!.pid);
    expect(systems["issuer"]!.pid).toBeGreaterThan(0);
  });

  it("ends when its last system has", async () => {
    const child = simulators("--only=issuer", "--port-base=0");
    const { systems } = await ready(child);
    process.kill(systems["issuer"]!.pid, "SIGKILL");
    const { words, code } = await ended(child);
    expect(words).toBe("The issuer simulator has ended (SIGKILL)\nAll simulators have ended\n");
    expect(code).toBe(1);
  });

  describe("with a port that is taken", () => {
    let other: Server;
    beforeAll(async () => {
      other = createServer().listen(0, "127.0.0.1");
      await once(other, "listening");
    });
    afterAll(() => other.close());

    it("says which, and what to do", async () => {
      const { port } = other.address() as AddressInfo;
      const { words, code } = await ended(simulators("--only=issuer", `--port=issuer=${port}`));
      expect(words).toBe(
        `Port ${port} for issuer is taken: stop what listens there, or choose another ` +
          `with --port issuer=NUMBER (0 lets the system choose)\n`,
      );
      expect(code).toBe(1);
    });
  });

  it.each([
    [["--only", "housing"], /--only knows health, education, police, social-care, issuer/],
    [["--port", "health"], /--port health= needs a port number/],
    [["--port", "housing=1"], /--port needs NAME=NUMBER/],
    [["--port-base", "70000"], /--port-base needs a port number/],
    [["--turbo"], /Unknown option '--turbo'/],
  ])("says what is wrong with %j", async (args, sentence) => {
    const { words, code } = await ended(simulators(...args));
    expect(words).toMatch(sentence);
    expect([words.trim().split("\n").length, code]).toEqual([1, 1]);
  });
});
