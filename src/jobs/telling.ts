import { deliverDue } from "../services/deliveries.ts";
import { handOnDue } from "../services/inbox.ts";
import { clockCaller } from "../services/clock-caller.ts";
import { ringing } from "./clock-job.ts";

/** Sends what waits to leave the hub, and hands on what nobody has read. */
export const telling = ringing("telling", async (hub, upTo) => {
  await deliverDue(hub, clockCaller(hub, "telling"), upTo);
  await handOnDue(hub, clockCaller(hub, "telling"), upTo);
});
