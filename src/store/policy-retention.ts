// The shape of `policies/retention.json`: how long the hub keeps what is its own.

import { z } from "zod";
import { SHIELD_KINDS } from "../domain/access.ts";
import { AGED, ERASERS, type Keep } from "../domain/retention.ts";
import { STEP_KINDS } from "../domain/statutory-step.ts";
import { type Context, id, must, status, text } from "./policy-words.ts";

/** The most of each unit: the law's own hundred years, and some. */
const MOST = { days: 3_660, months: 1_440, years: 120 } as const;
const UNITS = Object.keys(MOST) as (keyof typeof MOST)[];

/** `{ "years": 35 }`: one unit, and a whole number of it. */
const keep = z.unknown().transform((given, context): Keep => {
  const [[unit, count] = [], ...more] = Object.entries(typeof given === "object" && given !== null ? given : {});
  const known = UNITS.find((each) => each === unit);
  if (known && more.length === 0 && Number.isInteger(count) && count >= 1 && count <= MOST[known])
    return { [known]: count as number } as unknown as Keep;
  context.addIssue(
    known && more.length === 0
      ? `must be a whole number of ${known} from 1 to ${MOST[known]}`
      : `must be one amount of time, such as { "years": 6 }: ${UNITS.join(", ")}`,
  );
  return z.NEVER;
});

const SOURCED = { id, source: text, edition: text, status };

const FITS = z
  .strictObject({
    steps: z.array(z.enum(STEP_KINDS, "names no kind of step")).min(1).optional(),
    shields: z.array(z.enum(SHIELD_KINDS, "names no kind of shield")).min(1).optional(),
    work: z.literal(true).optional(),
  })
  .refine((fits) => Object.keys(fits).length <= 1, "must be one of steps, shields or work, or none for everybody");

const CHILDREN = z.strictObject({
  ...SOURCED,
  covers: text,
  fits: FITS,
  keep,
  from: z.enum(["BIRTH", "LAST_ACTIVITY"]),
  untilAge: z.number().int().min(1).max(120).optional(),
  mayEndEarlier: z.boolean(),
});

const TABLES = z.strictObject({
  ...SOURCED,
  covers: z.array(z.string().regex(/^[a-z_]{1,60}$/, "must be the name of a table")).min(1),
  keep: keep.nullable(),
  from: text,
  erasedBy: z.enum(ERASERS),
});

const SHAPE = z.strictObject({
  about: z.string().min(1).max(1_000),
  exportDays: z.number().int().min(1).max(90),
  children: z.array(CHILDREN).min(1),
  tables: z.array(TABLES).min(1),
});
type Shape = z.infer<typeof SHAPE>;

/** Each once, one for every child at the end, and what the job is to erase known to it. */
function whole({ children, tables }: Shape, context: Context): void {
  const mustHere = must(context);
  const last = children.length - 1;
  const fitsAll = ({ fits, from }: Shape["children"][number]) =>
    Object.keys(fits).length === 0 && from === "LAST_ACTIVITY";
  for (const [at, each] of children.entries()) {
    mustHere(!children.slice(0, at).some((earlier) => earlier.id === each.id), ["children", at, "id"], "is taken");
    if (at === last)
      mustHere(fitsAll(each), ["children", at, "fits"], "the last must fit every child, from the LAST_ACTIVITY");
  }
  const seen = new Set<string>();
  for (const [at, { covers, keep: kept, erasedBy }] of tables.entries()) {
    for (const table of covers) {
      mustHere(!seen.has(table), ["tables", at, "covers"], `names ${table}, which an earlier class covers`);
      seen.add(table);
      const isAged = AGED.some((each) => each === table);
      mustHere(isAged === (erasedBy === "JOB"), ["tables", at, "erasedBy"], whose(table, isAged));
    }
    mustHere((kept === null) === (erasedBy === "NOBODY"), ["tables", at, "keep"], "is null where NOBODY erases it");
  }
  for (const table of AGED) mustHere(seen.has(table), ["tables"], `covers no ${table}`);
}

const whose = (table: string, isAged: boolean): string =>
  isAged ? `must be JOB: the hub erases ${table} by itself` : `must not be JOB: the hub knows no age of ${table}`;

export const RETENTION = SHAPE.superRefine(whole);
