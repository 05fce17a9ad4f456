// A child's family as data to draw.

import { genogramOf } from "../domain/genogram.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { type Sex, SEXES } from "../domain/statements.ts";
import type { AgencyView } from "../domain/agency-view.ts";
import type { Genogram } from "../schema/genogram.ts";
import type { ChildFamily } from "./families.ts";
import type { Hub } from "./hub.ts";
import { presentDemographics } from "./present-demographics.ts";
import { presentFamily } from "./present-family.ts";

/** The genogram of a family that this caller was given. `who` holds the child's own demographics, as this caller may see them. */
export function presentGenogram(hub: Hub, family: ChildFamily, who: readonly AgencyView[]): Genogram {
  const { relationships, contradictions, unanswered, sources } = presentFamily(family);
  const { name, sex, bornOn, expectedOn, diedOn } = presentDemographics(who);
  const on = dayInEngland(hub.now());
  const child = {
    name: name.preferred,
    sex: SEXES.find((one): one is Sex => one === sex.preferred) ?? null,
    bornOn: bornOn.preferred,
    expectedOn: expectedOn.preferred,
    diedOn: diedOn.preferred,
  };
  const { nodes, ...lines } = genogramOf(family.picture, child, on);
  const rest = { asOn: on, claims: relationships, contradictions, unanswered, sources };
  // Where nobody knows the family, there is only the child: no line, and no place for somebody to be asked for.
  if (relationships !== null) return { ...rest, ...lines, nodes };
  return { ...rest, ...NOTHING_DRAWN, nodes: nodes.filter(({ kind }) => kind === "INDEX_CHILD") };
}

const NOTHING_DRAWN = { unions: null, links: null, ties: null, households: null };
