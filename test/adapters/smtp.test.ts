import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeMailer } from "../../src/adapters/telling/mailer.ts";
import { Undelivered } from "../../src/domain/message.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";

const mail = (more = {}) => ({
  id: "0199c8e2-6f0b-7d55-a1c4-2f4b1f0e9a77",
  to: "manager@example.org",
  subject: "Something about a case needs you",
  text: "Read more: https://hub.example.org/messages/1\n",
  at: new Date("2026-03-02T08:30:00Z"),
  ...more,
});

let server: MailServer;
let mailer: ReturnType<typeof makeMailer>;
const FROM = "Safeguarding hub <hub@hub.example.org>";

beforeAll(async () => {
  server = await startMailServer();
  mailer = makeMailer({ url: server.url, from: FROM });
});
afterEach(() => {
  server.taken.length = 0;
  server.refuseWith(null);
});
afterAll(async () => {
  mailer.close();
  await server.stop();
});

describe("an email", () => {
  it("is taken as plain text, marked as generated, under an id that stays", async () => {
    await mailer.email(mail());
    await mailer.email(mail());
    expect(server.taken).toHaveLength(2);
    for (const { from, to, source } of server.taken) {
      expect([from, to]).toEqual(["hub@hub.example.org", ["manager@example.org"]]);
      expect(source).toContain("Message-ID: <0199c8e2-6f0b-7d55-a1c4-2f4b1f0e9a77@hub.example.org>");
      expect(source).toContain("Auto-Submitted: auto-generated");
      expect(source).toContain("Subject: Something about a case needs you");
      expect(source).toContain("Content-Type: text/plain");
      expect(source).toContain("Date: Mon, 02 Mar 2026 08:30:00 +0000");
      expect(source).not.toContain("text/html");
    }
  });

  it("has no more headers than the hub gives it", async () => {
    await mailer.email(mail({ subject: "A\r\nBcc: somebody@example.org\r\n\r\nB" }));
    const [head = ""] = server.taken[0]!.source.split("\r\n\r\n");
    expect(head).not.toMatch(/^Bcc:/im);
    expect(head).toMatch(/^Subject: A Bcc: somebody@example.org B$/m);
    expect(server.taken[0]!.to).toEqual(["manager@example.org"]);
  });

  it.each([
    "a@example.org, b@example.org",
    "a@example.org;b@example.org",
    "a@example.org\r\nBcc: b@example.org",
    "A <a@example.org>",
    "group: a@example.org;",
    "a@b@example.org",
    "nobody",
    "",
    "a@-",
  ])("is not sent to %j, and never will be", async (to) => {
    await expect(mailer.email(mail({ to }))).rejects.toMatchObject({ code: "BAD_ADDRESS", forGood: true });
    expect(server.taken).toEqual([]);
  });

  it("that the server refuses fails with its status", async () => {
    server.refuseWith(451);
    await expect(mailer.email(mail())).rejects.toMatchObject({ name: "Undelivered", code: "SMTP_451", forGood: false });
  });

  it("fails while the server is away, in words that quote nothing, and goes when it is back", async () => {
    await server.stop();
    const failed = await mailer.email(mail()).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Undelivered);
    expect((failed as Undelivered).message).toMatch(/^\w+$/);
    await server.start();
    await mailer.email(mail());
    expect(server.taken).toHaveLength(1);
  });

  it("with a password goes over TLS or not at all", async () => {
    const withPassword = makeMailer({ url: server.url.replace("//", "//hub:secret@"), from: FROM });
    await expect(withPassword.email(mail())).rejects.toBeInstanceOf(Undelivered);
    withPassword.close();
    expect(server.taken).toEqual([]);
  });

  it("gives up on a server that says nothing", async () => {
    const { createServer } = await import("node:net");
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const waiting = makeMailer({ url: `smtp://127.0.0.1:${port}`, from: FROM, timeoutMs: 100 });
    await expect(waiting.email(mail())).rejects.toBeInstanceOf(Undelivered);
    waiting.close();
    silent.close();
  });
});
