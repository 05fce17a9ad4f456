// The shape of an area's policy file.

import { z } from "zod";
import { ROLES } from "../domain/actor.ts";
import { SECTORS } from "../domain/agency.ts";
import { EMAIL_ADDRESS } from "../domain/email-address.ts";
import { MATCH_POLICIES } from "../domain/identity.ts";
import { normalisePostcode } from "../domain/identifiers.ts";
import { POST_ROLES } from "../domain/post.ts";
import { SEXES } from "../domain/statements.ts";
import { clocks } from "./policy-clocks.ts";
import { type Context, day, id, must, span, status, text, time } from "./policy-words.ts";

const AGENCY = z.strictObject({
  id,
  name: text,
  sector: z.enum(SECTORS),
  ring: z
    .strictObject({ name: text, phone: text, email: text.regex(EMAIL_ADDRESS, "must be an email address").nullable() })
    .optional(),
  genderCodes: z.record(z.string(), z.enum(SEXES)).optional(),
});

const ROUTE = z.strictObject({
  rule: id,
  levels: z.array(id).optional(),
  immediateDanger: z.boolean().optional(),
  to: id,
  because: text,
  source: text,
});

const OFFICE_HOURS = z
  .strictObject({ opens: time, closes: time, source: text, status })
  .refine(({ opens, closes }) => opens < closes, { path: ["closes"], message: "must be later than opens" });

const SHAPE = z.strictObject({
  about: z.string().min(1).max(1_000),
  id,
  name: text,
  edition: z.strictObject({ name: text, effectiveFrom: day, source: text, status }),
  agencies: z.array(AGENCY).min(1),
  levels: z.array(z.strictObject({ id, name: text })).min(1),
  teams: z.array(z.strictObject({ id, name: text, agencyId: id, phone: text })).min(1),
  routing: z.array(ROUTE).min(1),
  clocks,
  closures: z.array(z.strictObject({ on: day, because: text })),
  officeHours: OFFICE_HOURS,
  owners: z
    .array(z.strictObject({ teamId: id, role: z.enum(POST_ROLES), rules: z.array(id).min(1).optional() }))
    .min(1),
  silence: z.strictObject({
    source: text,
    status,
    rungs: z.array(z.strictObject({ after: span(0), tell: z.enum(POST_ROLES) })).min(1),
  }),
  telling: z.strictObject({
    digestAt: time,
    unreadMinutes: z.number().int().min(1).max(10_080),
    confirmPostsEvery: span(),
    source: text,
    status,
  }),
  /** A file in `policies/ladders/`, without `.json`. */
  disagreement: id,
  matching: z.strictObject({
    policy: z.enum(MATCH_POLICIES),
    model: id,
    source: text,
    status,
    sharedPostcodes: z.array(
      z.strictObject({
        postcode: text.refine((given) => normalisePostcode(given) === given, "must be a postcode: OX99 9ZZ"),
        because: text,
      }),
    ),
  }),
  sharing: z.strictObject({
    standing: z.array(z.strictObject({ role: z.enum(ROLES), because: text })),
    taskDays: z.number().int().min(1).max(31),
    involvementMonths: z.number().int().min(1).max(12),
    warnDays: z.number().int().min(1).max(14),
    breakGlassMinutes: z.number().int().min(5).max(60),
    shieldReviewDays: z.number().int().min(7).max(366),
    patterns: z.strictObject({
      nightFrom: time,
      nightUntil: time,
      nightDuty: z.array(z.enum(ROLES)),
      manyChildren: z.number().int().min(2).max(1_000),
      manyRefusals: z.number().int().min(2).max(1_000),
    }),
    session: z.strictObject({
      idleMinutes: z.number().int().min(5).max(60),
      mostHours: z.number().int().min(1).max(12),
      source: text,
      status,
    }),
    source: text,
    status,
  }),
});
type Shape = z.infer<typeof SHAPE>;

const known = (list: readonly { id: string }[], wanted: string) => list.some(({ id }) => id === wanted);

function teamsAndRouting({ agencies, levels, teams, routing }: Shape, context: Context): void {
  const mustHere = must(context);
  for (const [at, { agencyId }] of teams.entries())
    mustHere(known(agencies, agencyId), ["teams", at, "agencyId"], "names no agency of this file");
  for (const [at, { to, levels: wanted = [] }] of routing.entries()) {
    mustHere(known(teams, to), ["routing", at, "to"], "names no team of this file");
    for (const level of wanted) mustHere(known(levels, level), ["routing", at, "levels"], `names no level: ${level}`);
  }
  const last = routing.at(-1);
  mustHere(
    last?.levels === undefined && last?.immediateDanger === undefined,
    ["routing", routing.length - 1],
    "the last rule must fit every referral, so that none is without an owner",
  );
}

function owners({ owners: all, teams }: Shape, context: Context): void {
  const mustHere = must(context);
  const last = all.length - 1;
  for (const [at, { teamId, rules }] of all.entries()) {
    mustHere(known(teams, teamId), ["owners", at, "teamId"], "names no team of this file");
    if (at === last) mustHere(rules === undefined, ["owners", at], "the last must own every other rule: no `rules`");
    else mustHere(rules !== undefined, ["owners", at], "must name its rules: only the last owns all others");
    for (const rule of rules ?? [])
      mustHere(
        !all.slice(0, at).some((earlier) => earlier.rules?.includes(rule)),
        ["owners", at, "rules"],
        `names ${rule}, which an earlier owner has`,
      );
  }
}

export const AREA = SHAPE.superRefine(teamsAndRouting).superRefine(owners);
export type AreaFile = z.infer<typeof AREA>;
