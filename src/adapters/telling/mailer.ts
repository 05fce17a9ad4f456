// Email through SMTP. Text only. Sent again under the same id it is the same message: mail systems drop a repeat by its Message-ID.

import { createTransport } from "nodemailer";
import { EMAIL_ADDRESS } from "../../domain/email-address.ts";
import { type Mail, Undelivered } from "../../domain/message.ts";

export interface MailerOptions {
  /** `smtp://user:password@host:587`, `smtps://…:465`. */
  readonly url: string;
  /** `Safeguarding hub <hub@example.org>`, or the address alone. */
  readonly from: string;
  /** For each step of a conversation with the server. */
  readonly timeoutMs?: number;
}

const LIMIT_MS = 10_000;

/** What nodemailer or the server gave as reason, in as far as it is a code. */
function codeOf(error: unknown): string {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === "number") return `SMTP_${responseCode}`;
  return typeof code === "string" && /^\w{1,40}$/.test(code) ? code : "FAULT";
}

/** A few connections that are kept. With a password in its address the server must speak TLS. */
export function makeMailer({ url, from, timeoutMs = LIMIT_MS }: MailerOptions) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const transport = createTransport({
    pool: true,
    maxConnections: 3,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(username !== "" && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      requireTLS: true,
    }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.replace(/^.*@|>.*$/g, "");
  return {
    async email({ id, to, subject, text, at }: Mail): Promise<void> {
      // Nodemailer would take a comma for a second address, and a line's end for a header.
      if (!EMAIL_ADDRESS.test(to)) throw new Undelivered("BAD_ADDRESS", true);
      try {
        await transport.sendMail({
          from,
          to: { name: "", address: to },
          subject: subject.replaceAll(/\p{Cc}+/gu, " "),
          text,
          date: at,
          messageId: `<${id}@${domain}>`,
          headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        });
      } catch (cause) {
        // Its message may quote the address.
        throw new Undelivered(codeOf(cause));
      }
    },
    close: (): void => transport.close(),
  };
}
