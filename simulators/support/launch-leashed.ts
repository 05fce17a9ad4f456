// Loaded with `--import` before a program that `launch` starts, so that no simulator need know that it is on a leash.

import { isMainThread } from "node:worker_threads";
import { ON_A_LEASH, stopWithParent } from "./launch-leash.ts";

if (isMainThread && process.env[ON_A_LEASH] !== undefined) {
  delete process.env[ON_A_LEASH];
  stopWithParent();
}
