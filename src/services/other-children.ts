// From an adult in one child's family to the other children whose records, or the adult's own, name that adult. One step and no more:
// what is found is a list of claims and ids, and each child is then asked for like any other.

import type { Access } from "../domain/access.ts";
import { itemsOf, overall } from "../domain/absence.ts";
import { type AgencyView, standing } from "../domain/agency-view.ts";
import type { FindRelative } from "../domain/genogram-claims.ts";
import { RAISED_ROLES, RAISING_ROLES, YOUNG_ROLES } from "../domain/genogram-roles.ts";
import { groupBy } from "../domain/group.ts";
import { fullName } from "../domain/preference.ts";
import { RESTRICTED } from "../domain/sharing.ts";
import { mayReadOtherChildren } from "../domain/sharing-families.ts";
import type { StatedRelationship } from "../domain/statements.ts";
import type { OtherChild, OtherChildClaim, OtherChildren, Relative } from "../schema/family.ts";
import { accessTo } from "./access.ts";
import { askAgencies } from "./answers.ts";
import { record } from "./audit.ts";
import { readChildren } from "./children.ts";
import type { Caller, Hub } from "./hub.ts";
import { known, sourcesOf } from "./present.ts";
import { relativesIn } from "./relatives.ts";

/** People whose records are asked about in one request, adults and the brothers and sisters together. */
export const MOST_ASKED = 100;

const without = (status: OtherChildren["status"], reason: string): OtherChildren => ({
  status,
  reason,
  children: null,
  sources: [],
});

const NOT_KNOWN = "the hub has no record that it believes to be this person's, so there was nothing to ask about";
const NO_ADULT = "this is asked of adults only";
const TOO_MANY = `records of at most ${MOST_ASKED} people are asked about at once: ask for fewer families`;

/** The other children of each of these relatives, in one question to each system. What cannot be told says why. */
export async function otherChildrenOf(
  hub: Hub,
  caller: Caller,
  relatives: readonly Relative[],
): Promise<OtherChildren[]> {
  const access = await accessTo(hub, caller, [...new Set(relatives.map(({ childId }) => childId))]);
  const byRuling = groupBy(relatives, ({ childId }) => access.get(childId));
  const found = new Map<Relative, OtherChildren>();
  for (const [under, some] of byRuling) {
    const answers = under ? await otherChildrenUnder(hub, caller, { relatives: some, under }) : [];
    for (const [at, answer] of answers.entries()) found.set(some[at] as Relative, answer);
  }
  return relatives.map((relative) => found.get(relative) ?? without("WITHHELD", RESTRICTED.because));
}

/** The same for relatives of children on whom the decision was one. */
async function otherChildrenUnder(
  hub: Hub,
  caller: Caller,
  { relatives, under }: { readonly relatives: readonly Relative[]; readonly under: Access },
): Promise<OtherChildren[]> {
  const ruling = mayReadOtherChildren(under);
  if (!ruling.allowed) {
    await record(hub, caller, { what: READ, subjects: readOf(relatives), ruling });
    return relatives.map(() => without("WITHHELD", ruling.because));
  }
  const asked = new Set<string>();
  const fits = new Set(relatives.filter((relative) => takeRoom(asked, relative)));
  if (fits.size === 0) return relatives.map((relative) => unasked(relative) ?? without("NOT_ASKED", TOO_MANY));
  await record(hub, caller, { what: READ, subjects: readOf([...fits]), ruling });
  const siblings = new Set([...fits].flatMap((one) => one.siblings.map(({ personId }) => personId)));
  // A brother's record is read, too: ruled on and recorded like any child's.
  const read = await readChildren(hub, caller, [...siblings]);
  const readable = new Set(read.flatMap((one) => one?.id ?? []));
  const adults = [...asked].filter((id) => !siblings.has(id));
  const brothers = [...siblings].filter((id) => readable.has(id));
  const views = await askAgencies(hub, caller, {
    childIds: [...adults, ...brothers],
    parts: ["RELATIONSHIPS"],
    // A brother or sister is a child of their own, and decided on as one.
    under: new Map(adults.map((id) => [id, under])),
  });
  const find = await relativesIn(hub, [...views.values()].flat());
  const found = relatives.map((relative) =>
    fits.has(relative) ? claimsFrom({ relative, views, find, readable }) : null,
  );
  const ids = [...new Set((found.flat() ?? []).flatMap((one) => (one && !one.restricted ? (one.childId ?? []) : [])))];
  const children = await readChildren(hub, caller, ids);
  const known = new Set(children.flatMap((one) => one?.id ?? []));
  return relatives.map((relative, at) => {
    const mine = found[at];
    if (!mine) return unasked(relative) ?? without("NOT_ASKED", TOO_MANY);
    return told(relative, mine, { views, known });
  });
}

/** What stands in the audit: of the child whose family it was, and of the adult. */
const READ = "family.other-children";
const readOf = (relatives: readonly Relative[]) => [
  ...new Set(relatives.flatMap(({ childId, personId }) => [childId, ...(personId === null ? [] : [personId])])),
];

function unasked({ withheldBecause, personId, roles }: Relative): OtherChildren | null {
  if (withheldBecause !== null) return without("WITHHELD", withheldBecause);
  if (roles.every((role) => YOUNG_ROLES.has(role))) return without("NOT_ASKED", NO_ADULT);
  return personId === null ? without("NOT_ASKED", NOT_KNOWN) : null;
}

function takeRoom(asked: Set<string>, relative: Relative): boolean {
  if (unasked(relative) !== null || relative.personId === null) return false;
  const wanted = [relative.personId, ...relative.siblings.map(({ personId }) => personId)];
  const fresh = new Set(wanted.filter((id) => !asked.has(id)));
  if (asked.size + fresh.size > MOST_ASKED) return false;
  for (const id of fresh) asked.add(id);
  return true;
}

type Views = ReadonlyMap<string, readonly AgencyView[]>;

/** One claim that leads from the adult to a child. */
interface Lead {
  /** Which claims are about one child. */
  readonly key: string;
  readonly childId: string | null;
  readonly restricted: boolean;
  readonly name: string | null;
  readonly bornOn: OtherChild["bornOn"];
  readonly claim: OtherChildClaim;
}

interface Asked {
  readonly relative: Relative;
  readonly views: Views;
  readonly find: FindRelative;
  /** Brothers and sisters whose records may be read. */
  readonly readable: ReadonlySet<string>;
}

/** What the adult's own records say of children, and what the brothers' and sisters' say of this adult. */
function claimsFrom({ relative, views, find, readable }: Asked): Lead[] {
  const own = statedIn(views.get(relative.personId ?? "")).flatMap(({ view, stated }, at): Lead[] => {
    if (!RAISED_ROLES.has(stated.role)) return [];
    const whom = find(stated, view.agency.id);
    const record = stated.otherRecordId && JSON.stringify([view.agency.id, stated.otherRecordId]);
    const name = stated.otherName && fullName(stated.otherName);
    return [
      {
        key: whom?.personId ?? record ?? `${view.agency.id} ${at}`,
        childId: whom?.personId ?? null,
        restricted: whom?.restricted ?? false,
        name,
        bornOn: stated.otherBornOn,
        claim: claimOf(view, stated, "ADULT"),
      },
    ];
  });
  const theirs = relative.siblings.flatMap(({ personId, name, bornOn }) =>
    statedIn(readable.has(personId) ? views.get(personId) : []).flatMap(({ view, stated }): Lead[] => {
      if (!RAISING_ROLES.has(stated.role)) return [];
      if (find(stated, view.agency.id)?.personId !== relative.personId) return [];
      const claim = claimOf(view, stated, "CHILD");
      return [{ key: personId, childId: personId, restricted: false, name, bornOn, claim }];
    }),
  );
  return [...own, ...theirs].filter(({ childId }) => childId !== relative.childId);
}

const statedIn = (views: readonly AgencyView[] = []) =>
  views.flatMap((view) => itemsOf(view.relationships).map((stated) => ({ view, stated })));

function claimOf({ agency }: AgencyView, stated: StatedRelationship, recordOf: OtherChildClaim["recordOf"]) {
  const { role, parentalResponsibility, fromOn, untilOn, provenance } = stated;
  return { agency, recordOf, role, parentalResponsibility, fromOn, untilOn, provenance };
}

/** The children as they may be shown. `known` holds those whose reading is on record. */
function told(
  relative: Relative,
  leads: readonly Lead[],
  { views, known: read }: { readonly views: Views; readonly known: ReadonlySet<string> },
): OtherChildren {
  const children = [...groupBy(leads, ({ key }) => key).values()].map((of): OtherChild => {
    const [first] = of;
    const claims = of.map(({ claim }) => claim);
    if (of.some(({ restricted }) => restricted))
      return { childId: null, name: null, bornOn: null, withheldBecause: RESTRICTED.because, claims: claims.map(bare) };
    const named = of.find(({ name }) => name !== null) ?? first;
    const id = first?.childId ?? null;
    return {
      childId: id !== null && read.has(id) ? id : null,
      name: named?.name ?? null,
      bornOn: named?.bornOn ?? null,
      withheldBecause: null,
      claims,
    };
  });
  const sources = sourcesFor(relative, views);
  const statuses = sources.map(({ status }) => status);
  const list = known(children, sources);
  const failed = statuses.some((status) => status === "DID_NOT_ANSWER" || status === "WITHHELD");
  const status = !failed && list?.length === 0 ? "NOTHING_RECORDED" : overall(statuses);
  const reason = failed ? (sources.find((one) => one.status === status)?.reason ?? null) : null;
  return { status, reason, children: list, sources };
}

const bare = (claim: OtherChildClaim): OtherChildClaim => ({
  ...claim,
  provenance: { ...claim.provenance, recordId: null, statedAs: null },
});

/** The adult's own answers; an agency that failed to answer about a brother or sister has failed here as well. */
function sourcesFor({ personId, siblings }: Relative, views: Views) {
  const own = views.get(personId ?? "") ?? [];
  const others = siblings.flatMap((one) => views.get(one.personId) ?? []);
  return sourcesOf(own, ["RELATIONSHIPS"]).map((source) => {
    const said = others
      .filter(({ agency }) => agency.id === source.agency.id)
      .map((view) => standing(view, ["RELATIONSHIPS"]))
      .filter(({ status }) => status !== "NOT_ASKED");
    const status = overall([source.status, ...said.map((one) => one.status)]);
    if (status === source.status) return source;
    return { ...source, status, reason: said.find((one) => one.status === status)?.reason ?? null };
  });
}
