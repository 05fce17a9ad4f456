// Texts that mean something to whatever may lie behind: a database, a shell, a template, a browser, a log. Each is put wherever a text
// may stand in any operation; the hub takes it for a text, or refuses it in words that show nothing of what lies behind.

import { describe, expect, it } from "vitest";
import { fill } from "./generated.ts";
import { type AttackWorld, inTurns } from "./world.ts";

/** Several at once, so that every place is tried with each kind. */
const PAYLOADS = [
  `' OR '1'='1' -- "; DROP TABLE person; /* \` \\`,
  `1) UNION SELECT sleep(5), pg_sleep(5)::text, @@version FROM mysql.user; --`,
  `\${7*7}{{7*7}}<%= 7*7 %><script>alert(1)</script>"'><img src=x onerror=alert(1)>`,
  `../../../../etc/passwd|id;$(id)\`id\` \r\n{"level":50,"msg":"forged"}\r\nSet-Cookie: a=b`,
  `{"$ne":null} __proto__ constructor.prototype %s%n%x *)(uid=*))(|(uid=* ()`,
  `\u202e\u200b\ufeff😀 ${"é".repeat(300)}`,
  "\u0000",
  "\ud800",
];
const BEHIND =
  /SQL|syntax error|QueryFailed|ER_[A-Z]|pg_|relation "|column "|TypeORM|PGlite|mariadb|at Object\.|node_modules|\/src\/|uid=\d|root:|alert\(1\)|etc\/passwd|mysql/;

export function injection(world: () => AttackWorld): void {
  describe("a text that means something elsewhere", () => {
    it("is a text or is refused, wherever it stands in any operation", async () => {
      const wrong: string[] = [];
      let tried = 0;
      const attempt = async (name: string, document: string, variables: Record<string, unknown>) => {
        const { status, text, errors } = await world().as("social-worker", document, variables);
        tried += 1;
        const shown = text.replaceAll(JSON.stringify(variables), "");
        const faults = errors.filter(({ extensions }) => extensions.code === "FAULT").length;
        if (status >= 500 || faults > 0 || BEHIND.test(shown)) wrong.push(`${name} (${status}): ${text.slice(0, 160)}`);
      };
      for (const operation of world().operations) {
        const { places } = fill(operation, { text: () => undefined });
        const cases = [
          ...PAYLOADS.map((payload) => () => payload),
          ...places.map((place, n) => (at: string) => (at === place ? PAYLOADS[n % 6] : undefined)),
          ...places.map((place, n) => (at: string) => (at === place ? PAYLOADS[(n + 1) % 6] : undefined)),
        ];
        if (places.length === 0) continue;
        await inTurns(cases, (text) =>
          attempt(operation.name, operation.document, fill(operation, { text }).variables),
        );
      }
      process.stdout.write(`Texts that mean something elsewhere: tried ${tried} times\n`);
      expect(wrong).toEqual([]);
    });

    it("is in the log nowhere, and no line of it was forged", async () => {
      await world().as("agency-developer", '{ child(id: "x\\r\\n{\\"level\\":50,\\"msg\\":\\"forged\\"}") { id } }');
      await world().send("{}", {
        "x-purpose": 'a"}{"msg":"forged"',
        authorization: `Bearer ${await world().tokenOf("teacher")}`,
      });
      await world().send("{}", { "user-agent": "forged", "x-request-id": "forged", traceparent: "forged" });
      for (const line of world().logged) {
        expect(line.trimEnd()).not.toContain("\n");
        expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
        expect(line).not.toMatch(/forged|DROP TABLE|onerror|passwd/);
      }
    });

    it("in a header of the purpose is refused and not said again", async () => {
      const authorization = `Bearer ${await world().tokenOf("agency-developer")}`;
      for (const purpose of ["' OR 1=1 --", "children-act-1989-s47, x", "a".repeat(5_000), "{{7*7}}"]) {
        const { status, text } = await world().send('{"query":"{ me { id } }"}', {
          authorization,
          "x-purpose": purpose,
        });
        expect(status).toBe(400);
        expect(text).not.toContain(purpose);
      }
    });

    it("never changes who one is", async () => {
      const authorization = `Bearer ${await world().tokenOf("nobody")}`;
      const headers = {
        "x-role": "MASH_MANAGER",
        "x-agency": "social-care",
        "x-forwarded-user": "admin",
        "x-original-url": "/metrics",
      };
      const { status, codes } = await world().send('{"query":"{ me { id } }"}', { authorization, ...headers });
      expect([status, codes]).toEqual([403, ["NOT_ALLOWED"]]);
    });
  });
}
