// How long a request may take. When its time is up its caller's signal ends, and with it every request to an agency's system; whoever
// waits hears so, and not that nothing was found.

import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import { refusedWith } from "./errors.ts";

type Gateway = ApolloServerOptionsWithGateway<BaseContext>["gateway"];
type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;

/** Why a signal ended that ended because time was up. */
export const TIME_IS_UP = refusedWith(
  504,
  "TOO_SLOW",
  "This took too long and was stopped. A change may have been made: send it again with the same key, or ask how things stand",
);

/** The same gateway, left when a request's time is up, whatever it still waits for. */
export const withinTime = (gateway: Gateway): Gateway => ({
  ...gateway,
  async load(options) {
    const loaded = await gateway.load(options);
    const { executor } = loaded;
    return executor ? { ...loaded, executor: (asked) => untilTimeIsUp(executor, asked) } : loaded;
  },
});

type Answer = Awaited<ReturnType<Executor>>;

function untilTimeIsUp(executor: Executor, asked: Parameters<Executor>[0]): Promise<Answer> {
  const { signal } = (asked.context as { readonly caller: { readonly signal: AbortSignal } }).caller;
  return new Promise<Answer>((resolve, reject) => {
    const stop = () => {
      if (signal.reason === TIME_IS_UP) reject(TIME_IS_UP);
    };
    const done = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop, { once: true });
    // Synchronous errors are the answer's too.
    Promise.resolve()
      .then(() => executor(asked))
      // Errors made on the way out of time are not the answer.
      .then((answer) => (signal.reason === TIME_IS_UP ? reject(TIME_IS_UP) : resolve(answer)), reject)
      .finally(done);
    if (signal.aborted) stop();
  });
}
