import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bindsMachines, isAgencyConfigured, readConfig } from "../src/config.ts";
import { keySet, keysSetting } from "./support/test-keys.ts";

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
  HUB_KEYS: keysSetting("2026-11"),
  AUDIT_SIGNING_KEY: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
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
    ["HUB_KEYS", "2026-11"],
    ["AUDIT_SIGNING_KEY", "not a key"],
    ["HEALTH_ORGANISATION", "x 1"],
    ["POLICE_FORCE", "Thames"],
    ["HUB_URL", "hub.example.org"],
    ["SMTP_URL", "mail.example.org"],
    ["MAIL_FROM", "hub"],
    ["MAIL_FROM", "Hub <hub@example.org>, somebody@example.org"],
    ["MAIL_FROM", "Hub\nBcc: somebody@example.org <hub@example.org>"],
    ["WEBHOOK_ALLOW_PRIVATE", "yes"],
    ["AGENCY_ADDRESSES_PRIVATE", "yes"],
    ["AD_HOC_QUERIES", "some"],
    ["REQUEST_SECONDS", "0"],
    ["RECEIVE_SECONDS", "601"],
    ["REQUEST_COST", "free"],
    ["RATE_SEARCHES", "-1"],
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

describe("who signs in", () => {
  const [network, pair] = ["must be addresses or networks with commas between: 10.0.0.0/8", "must be CLIENT=AGENCY"];
  it.each([
    [{ OIDC_CLIENT_ID: "safeguarding-hub" }, "OIDC_CLIENT_ID must not be OIDC_AUDIENCE"],
    [{ OIDC_SCOPE: "profile" }, "OIDC_SCOPE must begin with openid"],
    [{ OIDC_ALSO_AT: "https://keys.example.org/keys" }, "OIDC_ALSO_AT must be origins"],
    [{ OIDC_ALSO_AT: "file:///etc" }, "OIDC_ALSO_AT must be origins"],
    [{ TRUSTED_PROXIES: "10.0.0.0/33" }, `TRUSTED_PROXIES ${network}`],
    [{ TRUSTED_PROXIES: "proxy.example.org" }, `TRUSTED_PROXIES ${network}`],
    [{ CLIENT_CERT_HEADER: "Client-Cert" }, "TRUSTED_PROXIES must be set where CLIENT_CERT_HEADER is"],
    [{ CLIENT_CERT_HEADER: "x: y", TRUSTED_PROXIES: "::1" }, "CLIENT_CERT_HEADER must be the name of a header"],
    [{ HUB_TLS_CERT: "pem" }, "HUB_TLS_KEY must be set too"],
    [{ HUB_TLS_CLIENT_CA: "pem" }, "HUB_TLS_CERT, HUB_TLS_KEY must be set where HUB_TLS_CLIENT_CA is"],
    [{ MACHINE_CLIENTS: "larch-hill-mis" }, `MACHINE_CLIENTS ${pair}`],
  ])("is told what is wrong with %j", (settings, problem) =>
    expect(problemsOf(settings as Record<string, string>)).toEqual([expect.stringContaining(problem)]),
  );

  it("may be agencies' systems bound to their certificates, in production always unless otherwise said", () => {
    expect(bindsMachines(readConfig({}))).toBe(false);
    expect(bindsMachines(readConfig(PRODUCTION))).toBe(true);
    expect(bindsMachines(readConfig({ ...PRODUCTION, MACHINES_MUST_BE_BOUND: "false" }))).toBe(false);
    const { MACHINE_CLIENTS, TRUSTED_PROXIES } = readConfig({ MACHINE_CLIENTS: "a=b, c=d", TRUSTED_PROXIES: "::1" });
    expect([MACHINE_CLIENTS, TRUSTED_PROXIES]).toEqual([["a=b", "c=d"], ["::1"]]);
  });
});

describe("the keys of the database", () => {
  const { current, keys } = keySet("2025-11", "2026-11");
  const wrong = (value: unknown) => problemsOf({ HUB_KEYS: JSON.stringify(value) });

  it("are read, with those that are lost", () => {
    expect(readConfig({ HUB_KEYS: JSON.stringify({ current, keys }) }).HUB_KEYS).toEqual({ current, keys, lost: [] });
    expect(wrong({ current, keys, lost: ["2024-11"] })).toEqual([]);
  });

  it.each([
    [{}, ["HUB_KEYS.current must be the id of one of the keys", expect.stringContaining("HUB_KEYS.keys must hold")]],
    [{ current: "other", keys }, ["HUB_KEYS.current must be the id of one of the keys"]],
    [{ current, keys, lost: ["2025-11"] }, ["HUB_KEYS.lost must name no key that is among the keys"]],
    [
      { current, keys: { ...keys, a: "short" } },
      [expect.stringMatching(/^HUB_KEYS.keys.a must be 32 bytes in base64/)],
    ],
    [[], [expect.stringContaining("HUB_KEYS must be JSON like")]],
  ])("are told what is wrong with them: %#", (value, problems) => expect(wrong(value)).toEqual(problems));

  it("are never quoted, not even where a key stands for its id", () => {
    const secret = keys["2026-11"] ?? "";
    const problems = wrong({ current: secret, keys: { [secret]: "2026-11" } });
    expect(problems).toEqual(["HUB_KEYS.keys must have ids of 1 to 20 letters, digits or hyphens"]);
    expect(problemsOf({ HUB_KEYS: secret }).join()).not.toContain(secret);
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
      "HUB_KEYS must be set in production",
      "AUDIT_SIGNING_KEY must be set in production",
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
