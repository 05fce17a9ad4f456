// What may enter a queue: ids. Names, birthdays and free text stay in the rows, where the rules about them hold.

export type { QueueName } from "../domain/queue.ts";

/** What a job may carry: it looks up what that stands for, and decides afresh. */
export interface JobData {
  /** A UUID. */
  readonly referralId?: string;
  /** As the area's policy file names it: lower-case letters, digits and hyphens. */
  readonly agencyId?: string;
  /** The instant that an alarm is for, ISO 8601 in UTC with milliseconds. */
  readonly at?: string;
}

export interface Job {
  readonly id: string;
  readonly data: JobData;
  /** 1 for the first. A job whose worker died is run again under the same number. */
  readonly attempt: number;
}

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
/** Neither a number nor a date is one. */
const AGENCY = "(?=[0-9-]*[a-z])[a-z0-9-]{1,40}";
const fits = (shape: string): ((value: string) => boolean) => {
  const whole = new RegExp(`^(?:${shape})$`);
  return (value) => whole.test(value);
};

const KEYS: Readonly<Record<string, (value: string) => boolean>> = {
  referralId: fits(UUID),
  agencyId: fits(AGENCY),
  at: isInstant,
};
/** Never of digits alone and never with a colon: BullMQ takes neither. */
const isJobId = fits(`route-${UUID}|due-\\d{1,16}|(?:collect|every)-${AGENCY}`);

function isInstant(value: string): boolean {
  const at = new Date(value);
  return !Number.isNaN(at.getTime()) && at.toISOString() === value;
}

/** The job as it came, or a `TypeError` where its id or anything it carries is not of a known shape. It names a known key, and never a
 *  value nor a key that is not known: either may be what must not be there. */
export function onlyIds<Given extends { readonly id: string; readonly data: JobData }>(job: Given): Given {
  if (typeof job.id !== "string" || !isJobId(job.id))
    throw new TypeError("A job carries ids only; its own id is not one");
  for (const [key, value] of Object.entries(job.data) as [string, unknown][]) {
    const isRight = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (!isRight) throw new TypeError("A job carries ids only; one of its keys is not known");
    if (typeof value !== "string" || !isRight(value))
      throw new TypeError(`A job carries ids only; "${key}" is not one`);
  }
  return job;
}

/** What of an error may be kept beside a failed job: its kind and code. Its message goes to the log and may tell more. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? `${error.name} ${error.code}` : error.name;
}
