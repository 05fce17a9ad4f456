// Questions that arrive while others are being answered wait, and are then asked in one round: every table is read once for all
// of them, so that twenty people who each open a child cost the council's database about what three do.

import { AgencyFault, asAgencyFault } from "../agency-fault.ts";
import type { AgencySystem, Answer, Question } from "../agency-system.ts";
import { nothingFrom } from "./ask.ts";
import { SYSTEM } from "./values.ts";

/** Two, so that one round that hangs is not everybody's. Five parts each fill the pool. */
const AT_ONCE = 2;
/** Records in one round: more make each statement long and everybody's answer late. */
const MOST = 100;

/** Answers one round. */
type Give = (question: Question, signal: AbortSignal) => Promise<readonly Answer[]>;

interface Waiting {
  readonly question: Question;
  readonly signal: AbortSignal;
  answer(answers: readonly Answer[]): void;
}

/** Makes the port's `ask` of what answers one round. Each caller has its own limit, and may leave without spoiling the round. */
export function makeRounds(give: Give, limitMs: number): AgencySystem["ask"] {
  let waiting: readonly Waiting[] = [];
  let underWay = 0;

  async function next(): Promise<void> {
    const [first] = waiting;
    if (!first || underWay >= AT_ONCE) return;
    const round = roundFrom(first, waiting);
    waiting = waiting.filter((one) => !round.includes(one));
    underWay += 1;
    await run(round, give);
    underWay -= 1;
    await next();
  }

  return ({ recordIds, parts }, { signal: caller }) => {
    const question = { recordIds: [...new Set(recordIds)], parts };
    if (question.recordIds.length === 0) return Promise.resolve([]);
    const signal = AbortSignal.any([caller, AbortSignal.timeout(limitMs)]);
    return new Promise((answer) => {
      const one = { question, signal, answer };
      const leave = (): void => {
        waiting = waiting.filter((other) => other !== one);
        const code = caller.aborted ? "CANCELLED" : "TIMEOUT";
        answer(nothingFrom(question, new AgencyFault(SYSTEM, code, { doing: "waiting for an answer" })));
      };
      if (signal.aborted) return leave();
      signal.addEventListener("abort", leave, { once: true });
      waiting = [...waiting, one];
      void next();
    });
  };
}

/** The first and whoever asks for the same parts, as far as there is room. */
function roundFrom(first: Waiting, waiting: readonly Waiting[]): Waiting[] {
  const wanted = ({ question }: Waiting): string => question.parts.toSorted().join();
  let room = MOST - first.question.recordIds.length;
  const others = waiting.filter((one) => {
    const fits = one !== first && wanted(one) === wanted(first) && one.question.recordIds.length <= room;
    if (fits) room -= one.question.recordIds.length;
    return fits;
  });
  return [first, ...others];
}

/** Asks for everybody in the round, until an answer comes or nobody waits for it any more. */
async function run(round: readonly Waiting[], give: Give): Promise<void> {
  const abandoned = new AbortController();
  const look = (): void => {
    if (round.every(({ signal }) => signal.aborted)) abandoned.abort();
  };
  for (const { signal } of round) signal.addEventListener("abort", look, { once: true });
  const recordIds = [...new Set(round.flatMap(({ question }) => question.recordIds))];
  const question = { recordIds, parts: round[0]?.question.parts ?? [] };
  const answers = await give(question, abandoned.signal).catch((error: unknown) =>
    nothingFrom(question, asAgencyFault(SYSTEM, error)),
  );
  const byId = new Map(answers.map((one) => [one.recordId, one]));
  for (const { question: asked, answer } of round) answer(asked.recordIds.flatMap((id) => byId.get(id) ?? []));
}
