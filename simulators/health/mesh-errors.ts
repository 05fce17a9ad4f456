/** MESH's refusals: event, code and text are the service's own. */
const REFUSALS = {
  NO_RECIPIENT: { status: 400, event: "SEND", code: "08", msg: "TO_DTS missing" },
  UNREGISTERED: { status: 417, event: "SEND", code: "12", msg: "Unregistered to address" },
  NO_BODY: { status: 417, event: "COLLECT", code: "02", msg: "Data file is missing or inaccessible." },
  CHUNKS: {
    status: 417,
    event: "SEND",
    code: "InvalidHeaderChunks",
    msg: "Invalid chunk values sent in mex-Chunk-Range header",
  },
  UNKNOWN: { status: 404, event: "RECEIVE", code: "20", msg: "Message does not exist" },
  GONE: {
    status: 410,
    event: "SEND",
    code: "Message already accepted",
    msg: "Message no longer available for download",
  },
  LOCKED: { status: 423, event: "SEND", code: "", msg: "Message in unexpected status" },
  FORBIDDEN: { status: 403, event: "", code: "", msg: "Forbidden" },
} as const;

/** A MESH answer that is no message. */
export class MeshRefusal extends Error {
  readonly status: number;

  constructor(
    readonly reason: keyof typeof REFUSALS,
    readonly messageId: string | null = null,
  ) {
    super(REFUSALS[reason].msg);
    this.status = REFUSALS[reason].status;
  }

  get body(): object {
    const { event, code, msg } = REFUSALS[this.reason];
    return { ...(this.messageId !== null && { message_id: this.messageId }), ...meshError(msg, event, code) };
  }
}

/** An error body in the second version of the API. */
export const meshError = (msg: string, event = "", code = ""): object => ({ detail: [{ event, code, msg }] });
