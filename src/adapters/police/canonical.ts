import { createHash } from "node:crypto";

/** JSON with the members of every object in one order, so that equal content is equal text. Arrays keep theirs. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
