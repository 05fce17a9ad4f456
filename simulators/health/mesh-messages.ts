// Messages on their way between mailboxes, in memory.

import { randomBytes } from "node:crypto";

/** A message that nobody has acknowledged is given up after five days. */
const KEPT_MS = 5 * 86_400_000;

/** What a sender says of a message. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly workflowId: string;
  readonly fileName: string | null;
  readonly localId: string | null;
  readonly subject: string | null;
  /** In how many pieces it comes. */
  readonly chunks: number;
}

/** A message and how far it has come. */
export interface Message extends Envelope {
  readonly id: string;
  readonly sentAt: Date;
  readonly pieces: (Buffer | undefined)[];
  state: "Uploading" | "Accepted" | "Acknowledged";
}

/** The mailboxes' messages; `onAccepted` hears of each one as it becomes whole. */
export function makeMessages(now: () => Date, onAccepted: (message: Message) => void) {
  const messages = new Map<string, Message>();

  function put(message: Message, piece: Buffer, number: number): void {
    message.pieces[number - 1] = piece;
    if (message.state !== "Uploading" || number < message.chunks) return;
    message.state = "Accepted";
    onAccepted(message);
  }

  const stateOf = (message: Message): Message["state"] | "Error" =>
    message.state !== "Acknowledged" && now().getTime() - message.sentAt.getTime() > KEPT_MS ? "Error" : message.state;

  return {
    find: (id: string): Message | undefined => messages.get(id.toUpperCase()),
    stateOf,
    put,
    send(envelope: Envelope, body: Buffer): Message {
      const sentAt = now();
      const stamp = sentAt.toISOString().replaceAll(/\D/g, "");
      const id = `${stamp}_${randomBytes(3).toString("hex").toUpperCase()}`;
      const message: Message = { ...envelope, id, sentAt, pieces: [], state: "Uploading" };
      messages.set(id, message);
      put(message, body, 1);
      return message;
    },
    /** What waits in a mailbox, oldest first. */
    inbox: (mailbox: string): Message[] =>
      [...messages.values()].filter((message) => message.to === mailbox && stateOf(message) === "Accepted"),
    forgetAll: (): void => messages.clear(),
  };
}

/** The mailboxes as routes and CP-IS use them. */
export type Messages = ReturnType<typeof makeMessages>;
