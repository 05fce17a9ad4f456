import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyLeft, compile, endAll, run, type Running } from "./support/program.ts";
import { keysSetting } from "./support/test-keys.ts";

/** Agencies and an issuer of its own, none of them there: nothing need be started beside it. */
const ELSEWHERE = {
  OIDC_ISSUER: "http://127.0.0.1:9/issuer",
  EDUCATION_URL: "http://127.0.0.1:9",
  EDUCATION_TOKEN: "synthetic",
};
const NHS_NUMBER = "9990123470";
const FROM = "from=2026-12-23T10:00:00Z";

let program: Awaited<ReturnType<typeof compile>>;
let folder: string;
beforeAll(async () => {
  program = await compile();
  folder = mkdtempSync(join(tmpdir(), "boot-"));
});
afterAll(() => {
  program?.remove();
  if (folder) rmSync(folder, { recursive: true });
});

const hub = (args: readonly string[], settings: Record<string, string> = {}) =>
  run([program.hub, ...args], { HUB_DATA: join(folder, "data"), ...settings });

const getJson = async (url: string) => (await (await fetch(url)).json()) as Record<string, unknown>;

describe("the compiled program", () => {
  it("says what it can do", async () => {
    const { code, out } = await hub(["--help"]).ended;
    expect(code).toBe(0);
    for (const command of ["start", "migrate", "doctor", "token", "ask", "town", "adapter"])
      expect(out).toContain(command);
  });

  it("refuses a role nobody knows", async () => {
    const { code, err } = await hub(["start", "--role", "boss"]).ended;
    expect([code, err]).toEqual([1, "--role must be api, worker or all\n"]);
  });
});

describe("hub start", () => {
  let running: Running;
  let url = "";
  let issuer = "";
  beforeAll(async () => {
    running = hub(["start", "--any-ports", "--children", "20", "--role", "all"]);
    url = (await running.said(/GraphQL and GraphiQL +(http:\S+)\/graphql/))[1]!;
    issuer = (await running.said(/Sign-in \(demo only\) +(http:\S+)/))[1]!;
  });
  afterAll(() => endAll(running.pid));

  it("is up and says who answers", async () => {
    expect(await getJson(`${url}/health`)).toMatchObject({ status: "up" });
    const { agencies, alarms, ...own } = await getJson(`${url}/ready`);
    expect(own).toEqual({ ready: true, database: true, jobs: true });
    expect(alarms).toEqual([]);
    expect(agencies).toEqual(
      ["social-care", "health", "education", "police"].map((agency) => ({
        agency,
        answers: true,
        fault: null,
        notAnsweringSince: null,
      })),
    );
  });

  it("answers a signed-in question from the command line", async () => {
    const where = ["--hub", url, "--issuer", issuer];
    const child = ["kind=NHS_NUMBER", `value=${NHS_NUMBER}`];
    const { code, out, err } = await hub(["ask", "find-child", ...child, "--as", "social-worker", ...where]).ended;
    expect([code, err]).toEqual([0, ""]);
    const { data } = JSON.parse(out) as { data: { childByIdentifier: { agencies: { status: string }[] } } };
    expect(data.childByIdentifier).toMatchObject({
      demographics: { name: { preferred: expect.stringContaining("Hartley") } },
    });
    expect(data.childByIdentifier.agencies.map(({ status }) => status)).not.toContain("DID_NOT_ANSWER");
  });

  it("lets an agency's system in with a key of its own", async () => {
    const where = ["--hub", url, "--issuer", issuer];
    const { code, out, err } = await hub(["ask", "deadline", "--as", "larch-hill-mis", "rule=icpc", FROM, ...where])
      .ended;
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain('"dueAt"');
  });

  it("refuses somebody who is not signed in", async () => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ agencies { id } }" }),
    });
    expect(await response.text()).toContain("NOT_SIGNED_IN");
  });

  it("keeps a second hub off its data", async () => {
    const { code, err } = await hub(["start", "--any-ports"], ELSEWHERE).ended;
    expect([code, err]).toEqual([1, expect.stringContaining("is in use by process")]);
  });

  it("stops when told to and leaves nothing behind", async () => {
    process.kill(running.pid, "SIGTERM");
    expect((await running.ended).code).toBe(0);
    expect(anyLeft(running.pid)).toBe(false);
  });

  it("ends where its port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const second = hub(["start", "--role", "api"], { ...ELSEWHERE, PORT: String(port) });
    const { code, err } = await second.ended;
    expect([code, err]).toEqual([1, expect.stringContaining(`Port ${port} is taken`)]);
    expect(anyLeft(second.pid)).toBe(false);
    server.close();
  });
});

describe("in production", () => {
  const PRODUCTION = { NODE_ENV: "production" };

  it("names all missing settings together", async () => {
    const { code, err } = await hub(["start"], { ...PRODUCTION, PORT: "many" }).ended;
    expect(code).toBe(1);
    for (const name of ["DATABASE_URL", "REDIS_URL", "OIDC_ISSUER", "HUB_HASH_KEY", "HUB_KEYS"])
      expect(err).toContain(`${name} must be set in production`);
    expect(err).toContain("PORT ");
  });

  it("starts no synthetic town", async () => {
    const away = hub(["start"], {
      ...PRODUCTION,
      DATABASE_URL: "mariadb://root@127.0.0.1:9/hub",
      REDIS_URL: "redis://127.0.0.1:9",
      OIDC_ISSUER: "https://issuer.example.org",
      HUB_HASH_KEY: "0".repeat(32),
      HUB_KEYS: keysSetting(),
      AUDIT_SIGNING_KEY: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      HUB_URL: "https://hub.example.org",
      SMTP_URL: "smtps://127.0.0.1:9",
      MAIL_FROM: "hub@example.org",
    });
    const { code, out, err } = await away.ended;
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("ECONNREFUSED");
    expect(anyLeft(away.pid)).toBe(false);
  });
});
