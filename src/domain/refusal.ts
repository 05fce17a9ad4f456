export const REFUSAL_CODES = [
  "NOT_SIGNED_IN",
  "NOT_ALLOWED",
  "NOT_FOUND",
  "BAD_INPUT",
  "WRONG_STEP",
  "CONFLICT",
  "TOO_LARGE",
  "INCOMPLETE",
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** The hub says no, for a reason a person can act on. Anything else thrown is a fault. Never holds personal data. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
  }
}
