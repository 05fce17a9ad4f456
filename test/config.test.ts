import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAgencyConfigured, readConfig } from "../src/config.ts";

let folder: string;
const OIDC_ISSUER = "https://issuer.example.org";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "config-"));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  HEALTH.HEALTH_PRIVATE_KEY_FILE = join(folder, "key.pem");
  writeFileSync(HEALTH.HEALTH_PRIVATE_KEY_FILE, privateKey.export({ type: "pkcs8", format: "pem" }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const PRODUCTION = {
  NODE_ENV: "production",
  DATABASE_URL: "mariadb://hub@db.example.org/hub",
  REDIS_URL: "rediss://redis.example.org",
  OIDC_ISSUER: "https://issuer.example.org",
  HUB_HASH_KEY: "k".repeat(32),
  HUB_URL: "https://hub.example.org",
  SMTP_URL: "smtps://mail.example.org",
  MAIL_FROM: "Safeguarding hub <hub@example.org>",
};
const HEALTH = {
  HEALTH_PDS_URL: "https://pds.example.org",
  HEALTH_TOKEN_URL: "https://pds.example.org/token",
  HEALTH_CARE_RECORD_URL: "https://records.example.org",
  HEALTH_CLIENT_ID: "client",
  HEALTH_KEY_ID: "key",
  HEALTH_PRIVATE_KEY_FILE: "key.pem",
  HEALTH_ORGANISATION: "X99999",
};

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    const [title, ...problems] = (error as Error).message.split("\n");
    expect(title).toBe("Settings (docs/settings.md):");
    return problems.map((problem) => problem.replace("  - ", ""));
  }
};

describe("settings", () => {
  it("may all be unset", () =>
    expect(readConfig({})).toMatchObject({
      NODE_ENV: "development",
      HOST: "127.0.0.1",
      PORT: 4000,
      AREA: "oxfordshire",
      HUB_DATA: ".hub",
    }));

  it("that are empty are unset", () => expect(readConfig({ PORT: "", DATABASE_URL: "" }).PORT).toBe(4000));

  it("of nobody here are let be", () => expect(readConfig({ PATH: "/bin" })).not.toHaveProperty("PATH"));

  it("cannot be changed later", () => expect(Object.isFrozen(readConfig({}))).toBe(true));

  it.each([
    ["PORT", "many"],
    ["PORT", "-1"],
    ["PORT", "65536"],
    ["PORT", "80.5"],
    ["NODE_ENV", "staging"],
    ["LOG_LEVEL", "loud"],
    ["AREA", "../oldham"],
    ["AREA", "Oldham"],
    ["DATABASE_URL", "sqlite://hub"],
    ["DATABASE_URL", "mariadb://[hub"],
    ["REDIS_URL", "http://redis.example.org"],
    ["OIDC_ISSUER", "issuer.example.org"],
    ["HUB_HASH_KEY", "short"],
    ["HEALTH_ORGANISATION", "x 1"],
    ["POLICE_FORCE", "Thames"],
    ["HUB_URL", "hub.example.org"],
    ["SMTP_URL", "mail.example.org"],
    ["MAIL_FROM", "hub"],
    ["MAIL_FROM", "Hub <hub@example.org>, somebody@example.org"],
    ["MAIL_FROM", "Hub\nBcc: somebody@example.org <hub@example.org>"],
    ["WEBHOOK_ALLOW_PRIVATE", "yes"],
  ])("name %s where it is %s", (name, value) => {
    const about = problemsOf({ [name]: value }).filter((problem) => problem.startsWith(`${name} `));
    expect(about).toHaveLength(1);
  });

  it.each(["mysql", "mariadb", "postgres", "postgresql"])("take a database at %s://", (scheme) =>
    expect(problemsOf({ DATABASE_URL: `${scheme}://hub@127.0.0.1/hub` })).toEqual([]),
  );

  it("that are wrong are told together", () => {
    const problems = problemsOf({ PORT: "many", AREA: "!", REDIS_URL: "x", EDUCATION_URL: "https://mis.example.org" });
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual([
      "PORT",
      "AREA",
      "REDIS_URL",
      "EDUCATION_TOKEN",
      "OIDC_ISSUER",
    ]);
  });

  it("are told without their values", () => {
    const secret = "s3cret";
    const problems = problemsOf({ HUB_HASH_KEY: secret, DATABASE_URL: `oracle://hub:${secret}@db`, PORT: secret });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain(secret);
  });
});

describe("a setting in a file", () => {
  it("is read without its last line's end", () => {
    const file = join(folder, "token");
    writeFileSync(file, "from-a-file\n");
    const env = { OIDC_ISSUER, EDUCATION_URL: "https://mis.example.org", EDUCATION_TOKEN_FILE: file };
    expect(readConfig(env).EDUCATION_TOKEN).toBe("from-a-file");
    expect(readConfig({ ...env, EDUCATION_TOKEN: "given" }).EDUCATION_TOKEN).toBe("given");
  });

  it("that is not there is named", () => {
    expect(problemsOf({ HUB_HASH_KEY_FILE: join(folder, "nothing") })).toEqual([
      "HUB_HASH_KEY_FILE names a file that cannot be read",
    ]);
  });
});

describe("a mail server", () => {
  it("needs a sender", () =>
    expect(problemsOf({ SMTP_URL: "smtp://127.0.0.1:25" })).toEqual(["MAIL_FROM must be set where SMTP_URL is"]));

  it.each(["hub@example.org", "Safeguarding hub <hub@example.org>"])("takes %s", (MAIL_FROM) =>
    expect(problemsOf({ SMTP_URL: "smtp://127.0.0.1:25", MAIL_FROM })).toEqual([]),
  );
});

describe("an agency's settings", () => {
  it.each([
    ["health", HEALTH],
    ["education", { EDUCATION_URL: "https://mis.example.org", EDUCATION_TOKEN: "t" }],
    ["police", { POLICE_CLIENT_ID: "c", POLICE_CLIENT_SECRET: "s", POLICE_FORCE: "990" }],
  ] as [string, Record<string, string>][])("of %s belong together", (_, all) => {
    expect(problemsOf({ OIDC_ISSUER, ...all })).toEqual([]);
    for (const left of Object.keys(all)) {
      const rest = Object.fromEntries(Object.entries({ OIDC_ISSUER, ...all }).filter(([name]) => name !== left));
      expect(problemsOf(rest)).toEqual([`${left} must be set too, since other settings of that system are`]);
    }
  });

  it("need an issuer beside them, never the demo's people", () =>
    expect(problemsOf({ SOCIAL_CARE_DATABASE_URL: "mysql://reader@ssd.example.org/ssd" })).toEqual([
      "OIDC_ISSUER must be set where an agency is: the demo people may not see an agency's records",
    ]));

  it.each([
    ["that is not there", () => join(folder, "nothing.pem")],
    ["that is no key", () => join(folder, "token")],
  ])("name a key file %s", (_, file) => {
    writeFileSync(join(folder, "token"), "not a key");
    expect(problemsOf({ OIDC_ISSUER, ...HEALTH, HEALTH_PRIVATE_KEY_FILE: file() })).toEqual([
      "HEALTH_PRIVATE_KEY_FILE must name a readable file with an RSA private key in PEM",
    ]);
  });

  it("of a read side alone are not enough", () =>
    expect(problemsOf({ POLICE_READ_URL: "https://force.example.org" })).toEqual([
      "POLICE_FORCE must be set where POLICE_READ_URL is",
    ]));

  it.each([
    [{}, false],
    [{ REDIS_URL: "redis://127.0.0.1" }, false],
    [HEALTH, true],
    [{ SOCIAL_CARE_DATABASE_URL: "mysql://reader@ssd.example.org/ssd" }, true],
  ] as [Record<string, string>, boolean][])("%j name one or not", (env, named) =>
    expect(isAgencyConfigured(readConfig({ OIDC_ISSUER, ...env }))).toBe(named),
  );
});

describe("in production", () => {
  it("what is needed is enough", () => expect(problemsOf(PRODUCTION)).toEqual([]));

  it("all that is missing is told", () => {
    expect(problemsOf({ NODE_ENV: "production" })).toEqual([
      "DATABASE_URL must be set in production",
      "REDIS_URL must be set in production",
      "OIDC_ISSUER must be set in production",
      "HUB_HASH_KEY must be set in production",
      "HUB_URL must be set in production",
      "SMTP_URL must be set in production",
      "MAIL_FROM must be set in production",
    ]);
  });

  it("the demo's issuer is refused", () =>
    expect(problemsOf({ ...PRODUCTION, OIDC_ISSUER: "http://127.0.0.1:4001" })).toEqual([
      "OIDC_ISSUER must begin with https:// in production",
    ]));

  it("nobody is led to the hub in the clear", () =>
    expect(problemsOf({ ...PRODUCTION, HUB_URL: "http://hub.example.org" })).toEqual([
      "HUB_URL must begin with https:// in production",
    ]));

  it("no agency is asked in the clear", () =>
    expect(problemsOf({ ...PRODUCTION, EDUCATION_URL: "http://mis.example.org", EDUCATION_TOKEN: "t" })).toEqual([
      "EDUCATION_URL must begin with https:// in production",
    ]));
});
