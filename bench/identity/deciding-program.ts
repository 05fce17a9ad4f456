// `deciding.ts` as a process of its own: lines as it goes on, what came of it at the end.

import { decideCounty, type Decisions, type DecidingWishes } from "./deciding.ts";

/** What it says to whoever started it. */
export type Said = { readonly line: string } | { readonly result: readonly Decisions[] };

const send = (said: Said): void => void process.send?.(said);
const wishes = JSON.parse(process.argv[2] ?? "{}") as DecidingWishes;
send({ result: decideCounty(wishes, (line) => send({ line })) });
process.disconnect();
