// What keeps a simulator from outliving whoever started it: the starter holds the other end of its standard input, and the
// system closes that end however the starter dies, SIGKILL included.

/** Set for a program that was started on the leash; taken away at once, so that its own children are not. */
export const ON_A_LEASH = "SIMULATOR_ON_A_LEASH";

const THEN_AT_ONCE_MS = 10_000;

/** Ends this program, politely and then at once, when its standard input closes. */
export function stopWithParent(): void {
  const { stdin } = process;
  const stop = (): void => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), THEN_AT_ONCE_MS).unref();
  };
  stdin.once("end", stop).once("error", stop);
  stdin.resume();
  // Waiting for the starter is no reason to stay; a file or a terminal as input cannot be waited for like this.
  if ("unref" in stdin && typeof stdin.unref === "function") stdin.unref();
}
