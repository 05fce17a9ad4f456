import type { Mail, WebhookCall } from "../domain/message.ts";

/** What carries messages out of the hub. Each throws `Undelivered` where nobody took it; sent again under the same id, it is the
 *  same message. */
export interface Courier {
  email(mail: Mail): Promise<void>;
  webhook(call: WebhookCall): Promise<void>;
  /** Why this address would never be called, in words that complete "url ..."; null where it would be. */
  whyNot(url: string): string | null;
}
