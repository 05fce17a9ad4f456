/** Whether one more submission of this client is taken now. */
export type IncidentLimit = (clientId: string) => boolean;

/** Lets every client send so many notices in any second, each for itself, so that no force can crowd out another. */
export function makeIncidentLimit(perSecond = 50, nowMs: () => number = () => performance.now()): IncidentLimit {
  const taken = new Map<string, readonly number[]>();
  return (clientId) => {
    const at = nowMs();
    const lately = (taken.get(clientId) ?? []).filter((each) => each > at - 1_000);
    const isTaken = lately.length < perSecond;
    taken.set(clientId, isTaken ? [...lately, at] : lately);
    return isTaken;
  };
}
