// Two records beside each other, for a person to say whether they are one. Real pairs and made-up ones pass through here alike.

import { In } from "typeorm";
import type { Actor } from "../domain/actor.ts";
import { type Compared, PERSON_FIELDS } from "../domain/compared.ts";
import { groupBy } from "../domain/group.ts";
import { vetoWords, waitsBecause } from "../domain/identity-words.ts";
import type { Contribution } from "../domain/match-model.ts";
import { type Waiting, waitingOf } from "../domain/review-order.ts";
import { maskFor } from "../domain/sharing-identity.ts";
import type { Ruling } from "../domain/sharing.ts";
import type { ComparedValues, IdentityDifference, IdentityReview, ReviewedRecord } from "../schema/identity-review.ts";
import { clocksOf } from "../store/identity-worklist.ts";
import { type IdentityReviewRow, IdentityVerdictRow } from "../store/rows-identity.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import { record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { readGold } from "./identity-gold.ts";
import { openProfile } from "./identity-profiles.ts";

interface Pairs {
  readonly rows: readonly IdentityReviewRow[];
  /** What waits behind each, where the caller has worked it out. */
  readonly waiting?: ReadonlyMap<string, Waiting>;
  readonly ruling: Ruling;
}

/** These pairs as this caller may see them. What was read is on record before it is given. */
export async function sideBySide(
  hub: Hub,
  caller: Caller,
  { rows, waiting, ruling }: Pairs,
): Promise<IdentityReview[]> {
  if (rows.length === 0) return [];
  const about = await readAbout(hub, rows);
  const subjects = [...new Set(rows.flatMap((row) => about.peopleOf(row)))];
  await record(hub, caller, { what: "identity.review.read", subjects, ruling });
  const clocks = waiting ? new Map() : await clocksOf(hub.db.manager, subjects);
  const now = hub.now();
  return rows.map((row) => {
    const waits =
      waiting?.get(row.id) ??
      waitingOf(
        about.peopleOf(row).flatMap((id) => clocks.get(id) ?? []),
        now,
      );
    return present(hub, caller.actor, { row, about, waits });
  });
}

interface Side {
  readonly agencyId: string;
  readonly compared: Compared | null;
  readonly because: string | null;
}

interface About {
  /** Whom the two records are believed to be; nobody in a made-up pair. */
  peopleOf(row: IdentityReviewRow): readonly string[];
  sidesOf(row: IdentityReviewRow): readonly [Side, Side];
  isRestricted(row: IdentityReviewRow): boolean;
  verdictsOf(row: IdentityReviewRow): readonly IdentityVerdictRow[];
}

const NO_RECORD: Side = { agencyId: "", compared: null, because: "the hub no longer keeps this record" };

async function readAbout(hub: Hub, rows: readonly IdentityReviewRow[]): Promise<About> {
  const { manager } = hub.db;
  const recordIds = rows.flatMap(({ recordRowId, otherRecordRowId }) => [recordRowId ?? "", otherRecordRowId ?? ""]);
  const found = await manager.findBy(AgencyRecordRow, { id: In([...new Set(recordIds)]) });
  const rowOf = new Map(found.map((each) => [each.id, each]));
  const people = In([...new Set(found.map(({ personId }) => personId))]);
  const restricted = await manager.find(AgencyRecordRow, {
    select: { id: true, personId: true },
    where: { personId: people, restricted: true },
  });
  const shielded = await manager.find(PersonRow, { select: { id: true }, where: { id: people, shielded: true } });
  const covered = new Set([...restricted.map(({ personId }) => personId), ...shielded.map(({ id }) => id)]);
  const verdicts = await manager.findBy(IdentityVerdictRow, { reviewId: In(rows.map(({ id }) => id)) });
  const byReview = groupBy(verdicts, ({ reviewId }) => reviewId);
  const recordsOf = ({ recordRowId, otherRecordRowId }: IdentityReviewRow) =>
    [recordRowId, otherRecordRowId].flatMap((id) => (id === null ? [] : (rowOf.get(id) ?? [])));
  const peopleOf = (row: IdentityReviewRow) => [...new Set(recordsOf(row).map(({ personId }) => personId))];
  return {
    peopleOf,
    isRestricted: (row) => peopleOf(row).some((id) => covered.has(id)),
    verdictsOf: (row) => (byReview.get(row.id) ?? []).filter(({ at }) => at >= row.openedAt),
    sidesOf(row) {
      const gold = row.gold === null ? null : readGold(hub, row);
      if (gold) return [sideOfGold(gold.left), sideOfGold(gold.right)];
      const side = (id: string | null) => sideOf(hub, id === null ? undefined : rowOf.get(id));
      return [side(row.recordRowId), side(row.otherRecordRowId)];
    },
  };
}

const sideOfGold = ({ agencyId, compared }: Pick<Side, "agencyId" | "compared">): Side => ({
  agencyId,
  compared,
  because: null,
});

function sideOf(hub: Hub, row: AgencyRecordRow | undefined): Side {
  if (!row) return NO_RECORD;
  const profile = openProfile(hub, row);
  const gone = row.gone ? "the agency no longer holds this record; this is what it said" : null;
  const missing = "the hub does not know yet what this record says: it has not been seen since it keeps that";
  return { agencyId: row.agencyId, compared: profile?.compared ?? null, because: profile ? gone : missing };
}

interface Presented {
  readonly row: IdentityReviewRow;
  readonly about: About;
  readonly waits: Waiting;
}

function present(hub: Hub, actor: Actor, { row, about, waits }: Presented): IdentityReview {
  const restricted = about.isRestricted(row);
  const contributions = JSON.parse(row.contributions) as Contribution[];
  const codes = JSON.parse(row.vetoes) as string[];
  const verdicts = about.verdictsOf(row);
  const [left, right] = about.sidesOf(row);
  const shown = { actor, restricted };
  return {
    id: row.id,
    // Nobody is told which pairs are made up.
    kind: row.kind === "GOLD" ? "RECORDS" : row.kind,
    state: row.state,
    outcome: row.outcome as IdentityReview["outcome"],
    needsTwo: row.needsTwo,
    verdictsSoFar: verdicts.length,
    yours: verdicts.find(({ byActorId }) => byActorId === actor.id)?.verdict ?? null,
    weight: row.weight,
    contributions,
    vetoes: codes,
    vetoesInWords: codes.map(vetoWords),
    sentence: waitsBecause({ weight: row.weight, contributions, vetoes: codes }),
    waiting: waits,
    left: recordOf(hub, left, shown),
    right: recordOf(hub, right, shown),
    differences: left.compared && right.compared ? differences(hub, { left, right, contributions, ...shown }) : null,
    openedAt: row.openedAt,
    closedAt: row.closedAt,
  };
}

interface Seen {
  readonly actor: Actor;
  readonly restricted: boolean;
}

const valuesOf = (compared: Compared | null, field: string): readonly string[] => compared?.[field] ?? [];

function shownValues(compared: Compared | null, field: string, { actor, restricted }: Seen): ComparedValues {
  const shown = valuesOf(compared, field).map((value) => maskFor(actor, { field, value, restricted }));
  return { field, values: shown.map(({ value }) => value), masked: shown.some((each) => each.masked) };
}

function recordOf({ area }: Hub, { agencyId, compared, because }: Side, seen: Seen): ReviewedRecord {
  const agency = area.agencies.find(({ id }) => id === agencyId) ?? null;
  const fields = PERSON_FIELDS.filter((field) => valuesOf(compared, field).length > 0);
  const values = compared && fields.map((field) => shownValues(compared, field, seen));
  return { agency, values, because };
}

interface Beside extends Seen {
  readonly left: Side;
  readonly right: Side;
  readonly contributions: readonly Contribution[];
}

function differences({ matcher }: Hub, { left, right, contributions, ...seen }: Beside): IdentityDifference[] {
  const levels = new Map(contributions.map(({ field, level }) => [field, level]));
  // Surname and postcode are weighed as one.
  const levelOf = (field: string) => {
    const spec = matcher.model.fields.find((each) => each.field === field || each.columns.includes(field));
    return levels.get(field) ?? (spec && levels.get(spec.field)) ?? null;
  };
  const fields = PERSON_FIELDS.filter((field) =>
    [left, right].some(({ compared }) => valuesOf(compared, field).length > 0),
  );
  return fields.map((field) => {
    const mine = valuesOf(left.compared, field);
    const theirs = valuesOf(right.compared, field);
    const missing = mine.length === 0 || theirs.length === 0;
    return {
      field,
      left: shownValues(left.compared, field, seen).values,
      right: shownValues(right.compared, field, seen).values,
      agree: missing ? null : mine.some((value) => theirs.includes(value)),
      level: levelOf(field),
    };
  });
}
