import type { State } from "../../domain/statements.ts";
import type { Student } from "./student-body.ts";

type Need = Pick<State, "kind" | "category" | "summary">;

const SEN = new Map(
  Object.entries<Need>({
    K: { kind: "SEN_SUPPORT", category: "SEN support", summary: "Has support for special educational needs" },
    E: { kind: "EHC_PLAN", category: "EHC plan", summary: "Has an education, health and care plan" },
  }),
);

/** The support that the school states for special educational needs, with its code; null for none. */
export function needOf(student: Student): { readonly need: Need; readonly code: string } | null {
  const code = student.extended_details.data.sen_status?.toUpperCase() ?? "";
  const need = SEN.get(code);
  return need ? { need, code } : null;
}
