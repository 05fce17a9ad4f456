// The bodies of marks and exclusions. Those of exclusions are a reconstruction.

import { z } from "zod";
import { PhpDate, WithId, text } from "./wonde-body.ts";

export const Mark = WithId.extend({
  student: z.string(),
  date: PhpDate,
  session: z.enum(["AM", "PM"]),
  attendance_code: z.object({ data: z.object({ code: text, description: text, type: text }) }).nullish(),
});
export type Mark = z.infer<typeof Mark>;

export const Exclusion = WithId.extend({
  student: z.string(),
  type: text,
  reason: z.array(z.string()).nullish(),
  start_date: PhpDate,
  sessions: z.number().nullish(),
});
export type Exclusion = z.infer<typeof Exclusion>;
