// What may enter a queue: ids. Names, birthdays and free text stay in the rows, where the rules about them hold.

export type QueueName = "routing" | "collect";

/** Ids, days, instants and codes only: the job looks up what they stand for, and decides afresh. */
export type JobData = Readonly<Record<string, string>>;

export interface Job {
  readonly id: string;
  readonly data: JobData;
  /** 1 for the first. A job whose worker died is run again under the same number. */
  readonly attempt: number;
}

const ID = /^[\w.:+-]{1,100}$/;

/** The data as it came, or a `TypeError` naming the key (never the value) that is not an id. */
export function onlyIds(data: JobData): JobData {
  const bad = Object.entries(data).find(([, value]: [string, unknown]) => typeof value !== "string" || !ID.test(value));
  if (bad) throw new TypeError(`A job carries ids only; "${bad[0]}" is not one`);
  return data;
}

/** BullMQ refuses ids with a colon or of digits alone; this makes any id one it takes, always the same one. */
export function safeJobId(id: string): string {
  const safe = id.replaceAll(":", "-");
  return /^-?\d+$/.test(safe) ? `id-${safe}` : safe;
}

/** What of an error may be kept beside a failed job: its kind and code. Its message goes to the log and may tell more. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? `${error.name} ${error.code}` : error.name;
}
