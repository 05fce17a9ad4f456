// The shape of a ladder for professional disagreement: a file in `policies/ladders/`, which an area names as its `disagreement`.

import { z } from "zod";
import { CHALLENGE_CATEGORIES } from "../domain/escalation.ts";
import { POST_ROLES } from "../domain/post.ts";
import { day, id, must, span, status, text } from "./policy-words.ts";

const STAGE = z.strictObject({
  name: text,
  answers: z.enum(POST_ROLES),
  within: span(),
  tellsBusinessManager: z.boolean(),
  source: text,
  status,
});

const EXCLUDED = z.strictObject({
  category: z.enum(CHALLENGE_CATEGORIES),
  because: text,
  instead: text,
  source: text,
  status,
});

export const LADDER = z
  .strictObject({
    about: text,
    id,
    name: text,
    source: text,
    guidanceVersion: text,
    effectiveFrom: day,
    status,
    stages: z.array(STAGE).min(1).max(9),
    immediateRiskOpensStage: z.number().int().min(1),
    excludes: z.array(EXCLUDED),
  })
  .superRefine(({ stages, immediateRiskOpensStage, excludes }, context) => {
    must(context)(
      immediateRiskOpensStage <= stages.length,
      ["immediateRiskOpensStage"],
      `must be one of the ${stages.length} stages, counted from 1`,
    );
    for (const [at, { category }] of excludes.entries())
      must(context)(
        excludes.findIndex((each) => each.category === category) === at,
        ["excludes", at, "category"],
        "is excluded already",
      );
  });
