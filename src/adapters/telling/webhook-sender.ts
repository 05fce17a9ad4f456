// Signed calls of agencies' own systems. No redirect is followed, no private address is called, and of the answer only the status
// counts. docs/telling.md shows how a receiver checks them.

import { createHmac } from "node:crypto";
import { type IncomingMessage, request as requestInTheClear } from "node:http";
import { request as requestOverTls } from "node:https";
import { Undelivered, type WebhookCall } from "../../domain/message.ts";
import { guardedLookup } from "../address-guard.ts";
import { whyNot } from "./webhook-address.ts";

export interface WebhookSenderOptions {
  /** Also http, and addresses in private networks: for trying things out, and for a network that is the partnership's own. */
  readonly allowPrivate: boolean;
  readonly timeoutMs?: number;
  /** Receivers compare it with their own clock, whatever day it is for the hub. */
  readonly now?: () => Date;
}

const LIMIT_MS = 10_000;
const MOST_ANSWER = 1_024;

/** What proves that a call comes from the hub, is whole, and was made at this second. */
export const signatureOf = (secret: string, signed: { timestamp: number; id: string; body: string }): string =>
  createHmac("sha256", secret).update(`${signed.timestamp}.${signed.id}.${signed.body}`).digest("hex");

/** The sender of webhooks. */
export function makeWebhookSender({
  allowPrivate,
  timeoutMs = LIMIT_MS,
  now = () => new Date(),
}: WebhookSenderOptions) {
  function send({ id, url, secret, body }: WebhookCall): Promise<number> {
    const address = new URL(url);
    const timestamp = Math.floor(now().getTime() / 1_000);
    const request = address.protocol === "https:" ? requestOverTls : requestInTheClear;
    return new Promise((resolve, reject) => {
      const call = request(
        address,
        {
          method: "POST",
          // A connection of its own: one that is kept was opened without looking where it leads today.
          agent: false,
          signal: AbortSignal.timeout(timeoutMs),
          lookup: guardedLookup({ allowPrivate }),
          headers: {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
            "user-agent": "safeguarding-hub",
            "hub-id": id,
            "hub-timestamp": String(timestamp),
            "hub-signature": `v1=${signatureOf(secret, { timestamp, id, body })}`,
          },
        },
        (answer) => {
          ignore(answer);
          resolve(answer.statusCode ?? 0);
        },
      );
      call.on("error", reject);
      call.end(body);
    });
  }

  return {
    whyNot: (url: string): string | null => whyNot(url, allowPrivate),

    async webhook(call: WebhookCall): Promise<void> {
      // Also when it was allowed on the day it was registered.
      if (whyNot(call.url, allowPrivate) !== null) throw new Undelivered("ADDRESS_NOT_ALLOWED", true);
      const status = await send(call).catch((cause: unknown) => {
        throw new Undelivered(codeOf(cause));
      });
      if (status < 200 || status > 299) throw new Undelivered(`STATUS_${status}`);
    },
  };
}

/** Lets the answer end by itself, but not at any length. */
function ignore(answer: IncomingMessage): void {
  let bytes = 0;
  answer.on("data", (part: Buffer) => {
    bytes += part.length;
    if (bytes > MOST_ANSWER) answer.destroy();
  });
  // Nothing is lost with an answer that breaks off: its status was heard.
  answer.on("error", () => {});
}

/** What of an error may be kept: its code. A message may quote the address. */
function codeOf(cause: unknown): string {
  if (cause instanceof Undelivered) return cause.code;
  const { name, code } = cause as { name?: string; code?: unknown };
  if (name === "AbortError" || name === "TimeoutError") return "TIMEOUT";
  return typeof code === "string" && /^\w{1,50}$/.test(code) ? code : "FAULT";
}
