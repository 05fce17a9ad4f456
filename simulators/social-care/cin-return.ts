// What a council returns in the yearly children in need census: every child with an episode of need in the year to 31 March.

import type { AgencyRecord, Day, SocialCareFact, Town } from "../town/types.ts";
import type { CinCensus, CinChild } from "./cin-census-shape.ts";
import { makeCinEpisode } from "./cin-episode.ts";
import { factsOf, type Year } from "./cin-facts.ts";

function yearOf(day: Day): Year {
  const year = Number(day.slice(0, 4)) + (day.slice(5) > "03-31" ? 1 : 0);
  return { from: `${year - 1}-04-01`, until: `${year}-03-31` };
}

/** The town's return as it stands on the town's day; what has not happened yet is not in it. */
export function makeCinReturn({ settings, records, socialCare }: Town): CinCensus {
  const year = yearOf(settings.until);
  const children = records.filter(({ agency, adult }) => agency === "socialCare" && !adult);
  const byPerson = new Map<string, SocialCareFact[]>(children.map(({ localId }) => [localId, []]));
  for (const fact of socialCare) byPerson.get(fact.localId)?.push(fact);
  return {
    Header: {
      CollectionDetails: { Collection: "CIN", Year: Number(year.until.slice(0, 4)), ReferenceDate: year.until },
      Source: {
        SourceLevel: "L",
        LEA: "931",
        SoftwareCode: "synthetic town",
        Release: "1",
        SerialNo: "001",
        DateTime: `${settings.until}T09:00:00`,
      },
      Content: { CBDSLevels: { CBDSLevel: ["Child"] } },
    },
    Children: { Child: children.flatMap((record) => toChild(record, byPerson.get(record.localId) ?? [], year)) },
  };
}

function toChild(record: AgencyRecord, facts: readonly SocialCareFact[], year: Year): CinChild[] {
  const episodes = factsOf(facts, "referral")
    .filter(({ closedOn }) => closedOn === null || closedOn >= year.from)
    .toSorted((a, b) => a.on.localeCompare(b.on))
    .map((referral) => makeCinEpisode(referral, facts, year));
  if (episodes.length === 0) return [];
  const disabilities = factsOf(facts, "disability").map(({ code }) => code);
  return [
    {
      ChildIdentifiers: identifiersOf(
        record,
        episodes.every(({ ReferralNFA }) => ReferralNFA),
      ),
      ChildCharacteristics: {
        Ethnicity: record.ethnicity ?? "NOBT",
        Disabilities: { Disability: disabilities.length > 0 ? disabilities : ["NONE"] },
      },
      CINdetails: episodes,
    },
  ];
}

/** The return takes letters and figures only in a child's id, and no sex of a child who is not born. */
function identifiersOf(record: AgencyRecord, onlyReferred: boolean): NonNullable<CinChild["ChildIdentifiers"]> {
  const { bornOn, expectedOn, upn } = record;
  return {
    LAchildID: record.localId.replaceAll(/[^A-Za-z0-9]/g, ""),
    UPN: upn ?? undefined,
    FormerUPN: undefined,
    UPNunknown: upn ? undefined : onlyReferred ? "UN7" : "UN1",
    PersonBirthDate: bornOn ?? undefined,
    ExpectedPersonBirthDate: bornOn ? undefined : (expectedOn ?? undefined),
    Sex: bornOn ? (record.sex ?? "U") : "U",
    GenderCurrent: undefined,
    PersonDeathDate: record.diedOn ?? undefined,
  };
}
