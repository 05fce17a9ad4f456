import { endOfDay, timeInEngland } from "./instant.ts";
import { dayInEngland, type PlainDate } from "./plain-date.ts";

/** By when something is due, in words that follow "by" or "since": `the end of 2026-12-24` or, where it runs out in the middle of a
 *  day, exactly, as a clock in England shows it: `03:15 GMT on 2026-12-26`. */
export const byWhen = ({ dueOn, dueAt }: { readonly dueOn: PlainDate; readonly dueAt: Date }): string =>
  dueAt.getTime() === endOfDay(dueOn).getTime()
    ? `the end of ${dueOn}`
    : `${timeInEngland(dueAt)} on ${dayInEngland(dueAt)}`;
