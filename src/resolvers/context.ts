import type { Caller, Hub } from "../services/hub.ts";
import type { Loaders } from "./loaders.ts";

/** What every resolver gets: the hub, who asks, and this request's loaders. Nobody gets one without being signed in. */
export interface Context {
  readonly hub: Hub;
  readonly caller: Caller;
  readonly loaders: Loaders;
}
