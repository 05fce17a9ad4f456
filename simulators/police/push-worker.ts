// Sends notices to the hub as a force's middleware does: one attempt, six more with growing pauses, then e-mail, which here is a
// line in the log. Refusals that will never pass (4xx) are not repeated.

import { setTimeout as sleep } from "node:timers/promises";
import type { Certificate } from "./certificate.ts";
import type { IncidentDocument } from "./incident-document.ts";
import { post } from "./post.ts";

export interface PushTarget {
  /** The hub's address; `/incidents` is added unless it is there. */
  url: URL;
  clientId: string;
  secret: string;
  /** Shown to a hub that asks for one; without it none is shown. */
  certificate?: Certificate | null;
  /** Pauses before each further attempt, in milliseconds. */
  backOffMs?: readonly number[];
  log?: (line: string) => void;
}

type PushState = "WAITING" | "SENT" | "REFUSED" | "EMAIL_FALLBACK" | "STOPPED";

/** How one submission fared; no content. */
interface Push {
  submissionId: string;
  state: PushState;
  attempts: number;
  /** The last answer; null where there was no connection. */
  status: number | null;
}

const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
const AT_ONCE = 4;
const TRY_MS = 10_000;
const JSON_API = "application/vnd.api+json";

/** A worker with a queue of its own. `push` resolves when the submission is done with, one way or another. */
export function makePushWorker(to: PushTarget) {
  const { url, clientId, secret, certificate = null, backOffMs = BACK_OFF_MS, log = console.error } = to;
  const target = url.pathname.endsWith("/incidents") ? url : new URL("incidents", url.href.replace(/\/?$/, "/"));
  const stopped = new AbortController();
  const pushes: Push[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  async function attempt(document: IncidentDocument): Promise<{ status: number | null; waitMs: number }> {
    try {
      return await post(target, {
        headers: { "content-type": JSON_API, accept: JSON_API, "x-client-id": clientId, "x-client-secret": secret },
        body: JSON.stringify(document),
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(TRY_MS)]),
        certificate,
      });
    } catch {
      return { status: null, waitMs: 0 };
    }
  }

  async function deliver(push: Push, document: IncidentDocument): Promise<void> {
    for (const pause of [...backOffMs, null]) {
      const { status, waitMs } = await attempt(document);
      Object.assign(push, { status, attempts: push.attempts + 1 });
      if (status !== null && status < 300) push.state = "SENT";
      else if (status !== null && status < 500 && ![408, 429].includes(status)) push.state = "REFUSED";
      else if (pause === null) push.state = "EMAIL_FALLBACK";
      else await sleep(Math.max(pause, waitMs), undefined, { signal: stopped.signal }).catch(() => {});
      if (stopped.signal.aborted && push.state === "WAITING") push.state = "STOPPED";
      if (push.state !== "WAITING") break;
    }
    if (push.state === "EMAIL_FALLBACK") log(`EMAIL_FALLBACK ${push.submissionId}`);
  }

  return {
    pushes,
    async push(submissionId: string, document: IncidentDocument): Promise<Push> {
      const push: Push = { submissionId, state: "WAITING", attempts: 0, status: null };
      pushes.push(push);
      if (busy >= AT_ONCE) await new Promise<void>((free) => waiting.push(free));
      busy += 1;
      try {
        await deliver(push, document);
      } finally {
        busy -= 1;
        waiting.shift()?.();
      }
      return push;
    },
    /** Abandons what is under way; nothing is sent afterwards. */
    stop(): void {
      stopped.abort();
    },
  };
}
