import { createHash } from "node:crypto";

/** JSON with the keys of every object in order, so that two servers' answers can be compared. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

export const fingerprint = (value: unknown): string =>
  createHash("sha256").update(canonical(value)).digest("hex").slice(0, 16);
