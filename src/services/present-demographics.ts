import { itemsOf } from "../domain/absence.ts";
import type { AgencyView } from "../domain/agency-view.ts";
import { bornOnAsKnown, fullName, prefer, type StatedValue, type Trade } from "../domain/preference.ts";
import type { Demographics as Said, NameUse } from "../domain/statements.ts";
import type { Demographics, Fact } from "../schema/demographics.ts";
import { known, sourcesOf } from "./present.ts";

const nameFor = (use: NameUse) => (who: Said) => {
  const name = who.names.find((name) => name.use === use);
  return name ? fullName(name) : null;
};

/** Who the child is, by source, the preferred value of each fact explained. */
export function presentDemographics(views: readonly AgencyView[]): Demographics {
  const said = views.flatMap(({ agency, demographics }) => itemsOf(demographics).map((who) => ({ agency, who })));
  const stated = said.map(({ agency, who }) => ({ who, by: { agency, provenance: who.provenance } }));

  const fact = (trade: Trade, valueOf: (who: Said) => string | null): Fact => {
    const statements = stated.flatMap(({ who, by }): StatedValue[] => {
      const value = valueOf(who);
      return value ? [{ ...by, value }] : [];
    });
    return prefer(trade, statements);
  };

  const sources = sourcesOf(views, ["DEMOGRAPHICS"]);
  const addresses = stated.flatMap(({ who, by }) => who.addresses.map((address) => ({ ...address, ...by })));
  addresses.sort((a, b) => Number(a.untilOn !== null) - Number(b.untilOn !== null));
  return {
    name: fact("identity", nameFor("OFFICIAL")),
    knownAs: fact("everyday", nameFor("KNOWN_AS")),
    bornOn: fact("identity", bornOnAsKnown),
    expectedOn: fact("identity", ({ expectedOn }) => expectedOn),
    diedOn: fact("identity", ({ diedOn }) => diedOn),
    sex: fact("identity", ({ sex }) => (sex === "UNKNOWN" ? null : sex)),
    gender: fact("everyday", ({ gender }) => gender),
    ethnicity: fact("census", ({ ethnicity }) => ethnicity),
    heldBy: fact("everyday", ({ heldBy }) => heldBy),
    names: known(
      stated.flatMap(({ who, by }) => who.names.map((name) => ({ ...name, ...by, full: fullName(name) }))),
      sources,
    ),
    identifiers: known(
      stated.flatMap(({ who, by }) => who.identifiers.map((identifier) => ({ ...identifier, ...by }))),
      sources,
    ),
    addresses: known(addresses, sources),
    sources,
  };
}
