import { describe, expect, it } from "vitest";
import { EMAIL_ADDRESS } from "../../src/domain/email-address.ts";

describe("an email address", () => {
  it.each([
    "r.castellan@council.example",
    "o'brien+hub@mail.council.gov.uk",
    "demo|social-worker@demo.example",
    "a@b.co",
    "x@example.xn--p1ai",
    `${"a".repeat(64)}@example.org`,
  ])("is %s", (text) => expect(text).toMatch(EMAIL_ADDRESS));

  it.each([
    "",
    "nobody",
    "a@example",
    "-a@example.org",
    "--all@example.org",
    '"a b"@example.org',
    '"a"@example.org',
    "a@example.org,b@example.org",
    "a@example.org;b@example.org",
    "A <a@example.org>",
    "<a@example.org>",
    "(a)a@example.org",
    "a@b@example.org",
    "a\0@example.org",
    "a@example.org\r\nBcc: b@example.org",
    "a@example.org\n",
    " a@example.org",
    "a @example.org",
    ".a@example.org",
    "a..b@example.org",
    "a@-example.org",
    "a@example.org.",
    "a@[127.0.0.1]",
    "a@127.0.0.1",
    "a\u200B@example.org",
    "rené@example.org",
    `${"a".repeat(65)}@example.org`,
    `a@${"b.".repeat(126)}org`,
  ])("is not %j", (text) => expect(text).not.toMatch(EMAIL_ADDRESS));
});
