// Made-up pairs among the real ones, whose answer is known: how reviewers fare is measured, not guessed. They look like any other
// pair, touch no record and no link, and are counted in no backlog.

import { In, Not } from "typeorm";
import type { Compared } from "../domain/compared.ts";
import { goldPair, goldWanted } from "../domain/gold-pairs.ts";
import type { Considered } from "../domain/identity.ts";
import { decideIdentity } from "../domain/identity-decision.ts";
import { needsTwoPeople, type Verdict } from "../domain/review-verdict.ts";
import { seeded } from "../domain/seeded.ts";
import { insertNew } from "../store/insert.ts";
import { IdentityReviewRow } from "../store/rows-identity.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { openProfile } from "./identity-profiles.ts";
import { seal, unseal } from "./seal.ts";

/** What is sealed in a made-up pair. */
export interface Gold {
  readonly left: GoldSide;
  readonly right: GoldSide;
  readonly answer: Exclude<Verdict, "CANNOT_TELL">;
}
interface GoldSide {
  readonly agencyId: string;
  readonly compared: Compared;
}

const PURPOSE = "identity.gold";

/** The two made-up records and the answer. */
export const readGold = (hub: Hub, { id, gold }: Pick<IdentityReviewRow, "id" | "gold">): Gold =>
  JSON.parse(unseal(hub, gold ?? "", { purpose: PURPOSE, rowId: id })) as Gold;

/** Tries until a pair is one that the model would put to a person. */
const MOST_TRIES = 50;
/** Where no open pair says where people live here: an outward part that no address has. */
const NOWHERE = ["OX99"];

/** Keeps one made-up pair in fifty among the open ones, none where fewer than twenty are open. Run twice, or by two at once, it adds
 *  none too many. Returns how many it added. */
export async function seedGold(hub: Hub): Promise<number> {
  const { manager } = hub.db;
  const real = await manager.countBy(IdentityReviewRow, { state: "OPEN", kind: Not("GOLD") });
  const open = await manager.countBy(IdentityReviewRow, { state: "OPEN", kind: "GOLD" });
  const missing = goldWanted(real) - open;
  if (missing <= 0) return 0;
  // Numbered as they come: two that add at once make the same, and one of each stays.
  const ever = await manager.countBy(IdentityReviewRow, { kind: "GOLD" });
  const outwards = await outwardsSeen(hub);
  const rows = Array.from({ length: missing }, (_, at) => goldRow(hub, ever + at, outwards)).flatMap(
    (row) => row ?? [],
  );
  const before = await manager.countBy(IdentityReviewRow, { pair: In(rows.map(({ pair }) => pair)) });
  await insertNew(manager, IdentityReviewRow, rows);
  return rows.length - before;
}

/** Outward parts of postcodes in pairs that wait: thousands live in each. */
async function outwardsSeen(hub: Hub): Promise<readonly string[]> {
  const rows = await hub.db.manager
    .createQueryBuilder(AgencyRecordRow, "a")
    .innerJoin(IdentityReviewRow, "r", "r.recordRowId = a.id AND r.state = 'OPEN'")
    .where("a.restricted = :no", { no: false })
    .orderBy("a.id")
    .limit(40)
    .getMany();
  const found = rows.flatMap((row) => openProfile(hub, row)?.compared["postcode"] ?? []);
  const outwards = [...new Set(found.flatMap((postcode) => /^[A-Z]{1,2}\d[\dA-Z]?(?= )/.exec(postcode)?.[0] ?? []))];
  return outwards.length > 0 ? outwards.sort() : NOWHERE;
}

/** The made-up pair of this number: the same one whoever makes it, as long as the hub's key is the same. */
function goldRow(hub: Hub, number: number, outwards: readonly string[]): IdentityReviewRow | null {
  const pair = `gold ${number}`;
  const chance = seeded(Number.parseInt(hub.keyed(pair).slice(0, 8), 16));
  const year = hub.now().getUTCFullYear();
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const made = goldPair({ chance, year, outwards });
    const found = weighed(hub, made.left, made.right);
    if (found?.band !== "REVIEW") continue;
    const id = hub.newId();
    const agencies = [...hub.systems.keys()];
    const first = Math.floor(chance() * agencies.length);
    const agencyAt = (at: number): string => agencies[at % agencies.length] ?? "";
    const gold: Gold = {
      left: { agencyId: agencyAt(first), compared: made.left },
      right: { agencyId: agencyAt(first + 1), compared: made.right },
      answer: made.answer,
    };
    const codes = found.vetoes.map(({ code }) => code);
    return {
      id,
      pair,
      kind: "GOLD",
      recordRowId: null,
      otherRecordRowId: null,
      weight: found.weight,
      contributions: JSON.stringify(found.contributions),
      vetoes: JSON.stringify(codes),
      needsTwo: needsTwoPeople(codes, false),
      model: hub.matcher.model.version,
      state: "OPEN",
      outcome: null,
      gold: seal(hub, JSON.stringify(gold), { purpose: PURPOSE, rowId: id }),
      openedAt: hub.now(),
      closedAt: null,
    };
  }
  return null;
}

/** What the hub would say of these two, were they records. */
function weighed({ matcher }: Hub, left: Compared, right: Compared): Considered | undefined {
  const record = (id: string, compared: Compared) => ({ id, register: null, compared, unborn: false });
  const on = { people: [{ personId: "right", records: [record("right", right)] }], overrides: [] };
  return decideIdentity(matcher, record("left", left), on).considered[0];
}
