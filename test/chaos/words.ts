// What the programs under test are asked, one JSON line each, and what they answer.

import type { Owner } from "../../src/domain/post.ts";
import type { RecordStep } from "../../src/schema/statutory-step.ts";

export type Work =
  /** Obligations in one transaction; `backMs` before now is when their clocks began. */
  | { readonly do: "open"; readonly owed: readonly Owed[] }
  | { readonly do: "refer"; readonly key: string; readonly childId: string; readonly level: string }
  | {
      readonly do: "step";
      readonly key: string;
      readonly kind: RecordStep["kind"];
      readonly outcome?: RecordStep["outcome"];
      readonly childId: string | null;
      /** Chosen by whoever asks, so that a step sent again is the same. */
      readonly happenedAt: string;
    }
  | { readonly do: "raise"; readonly key: string; readonly childId: string; readonly toTeamId: string }
  | { readonly do: "change"; readonly subjectId: string; readonly kind: "PAUSE" | "EXTEND"; readonly untilOn: string }
  | { readonly do: "meet" | "cancel"; readonly subjectId: string }
  | { readonly do: "appoint"; readonly holderId: string };

export interface Owed {
  readonly subjectId: string;
  readonly rule: string;
  readonly owner: Owner;
  /** When its clock began; left out, now. */
  readonly startedAt?: string;
}

export type Command =
  | { readonly do: "begin"; readonly offsetMs: number; readonly role: "api" | "worker"; readonly sweeps: boolean }
  | { readonly do: "clock"; readonly offsetMs: number }
  /** Does everything due, several times at once. */
  | { readonly do: "rush" }
  /** Sets every alarm again, under other names, to ring now. */
  | { readonly do: "ring" }
  | Work;

/** Ids of what is now durable, or why the hub said no. */
export interface Answer {
  readonly ids: readonly string[];
  readonly refused?: string;
}

/** Marks an answer among whatever else a program prints. */
export const ANSWER = "chaos> ";

export interface Line {
  readonly id: number;
  readonly answer?: Answer;
  readonly fault?: string;
}
