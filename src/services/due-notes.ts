// What goes on record, and whom it tells, when the clock acts on an obligation. No name and no detail: the rule's own words.

import { byWhen } from "../domain/by-when.ts";
import type { Owner, PostRole } from "../domain/post.ts";
import type { Act } from "../domain/schedule.ts";
import type { Obligation } from "../schema/obligation.ts";
import type { Hub } from "./hub.ts";
import type { Note } from "./telling.ts";

/** Why an act tells nobody: what it would say is over; its people hear it of another act; or telling has failed for hours. */
export type Untold = "OVERTAKEN" | "TOLD_ALREADY" | "IN_VAIN";

/** Stands at the end of what was put on record though nobody could be told. */
export const IN_VAIN = "nobody could be told of it";

/** What goes on record for an act. */
export function happening(row: Obligation, { act, number, tell: told }: Act, untold: Untold | null) {
  const unless = untold === "IN_VAIN" ? `; ${IN_VAIN}` : "";
  if (act === "LATE") {
    const because = `it was due by ${byWhen(row)} and nothing that meets it is recorded${unless}`;
    return { what: "WENT_LATE", because } as const;
  }
  if (act === "RUNG") {
    const who = untold === "TOLD_ALREADY" ? "is told already, as whoever owes it" : "is told";
    const because = `it is still owed: ${unless ? IN_VAIN : `the ${inWords(told)} ${who}`}`;
    return { what: "CLIMBED", number, because } as const;
  }
  const because =
    untold === "OVERTAKEN"
      ? "the reminder came so late that what follows it was due already: nobody was told what was over"
      : `it is due by ${byWhen(row)}${unless}`;
  return { what: "REMINDED", number, because } as const;
}

const inWords = (role: PostRole | undefined): string => (role ?? "MANAGER").toLowerCase().replaceAll("_", " ");

const KIND = { REMIND: "REMINDER", REVIEW_DUE: "REVIEW_DUE", LATE: "LATE", RUNG: "RUNG", RESUME: "REMINDER" } as const;

interface ToTell {
  readonly act: Act;
  readonly schedule: readonly Act[];
  readonly key: string;
}

/** What an act tells, and whom: whoever owes it or, on a rung, whoever the rung names. */
export function noteOf(hub: Hub, row: Obligation, { act, schedule, key }: ToTell): Note {
  const when = byWhen(row);
  const says = {
    REMIND: `Due by ${when}: ${row.owes}.`,
    REVIEW_DUE: `A review is due by ${when}: ${row.owes}.`,
    LATE: `Late since ${when}: ${row.owes}.`,
    RUNG: `Still owed since ${when}, and nobody has recorded it: ${row.owes}.`,
    RESUME: "",
  }[act.act];
  // What stands for a rung is as urgent as that.
  const alsoRung = act.act === "LATE" && schedule.some((rung) => isToldByLate(hub, row, { rung, schedule }));
  return {
    key,
    kind: KIND[act.act],
    says,
    urgent: row.urgent || act.act === "RUNG" || alsoRung,
    to: [act.act === "RUNG" && act.tell ? toldBy(hub, row, act.tell) : ownerOfRow(row)],
    obligationId: row.id,
  };
}

/** Whether this rung means the very people who, as whoever owes it, hear at the same instant that it is late. */
export function isToldByLate(
  hub: Hub,
  row: Obligation,
  { rung, schedule }: { readonly rung: Act; readonly schedule: readonly Act[] },
): boolean {
  if (rung.act !== "RUNG" || !rung.tell) return false;
  const late = schedule.find(({ act }) => act === "LATE");
  const [told, owner] = [toldBy(hub, row, rung.tell), ownerOfRow(row)];
  const same = told.agencyId === owner.agencyId && told.teamId === owner.teamId && told.role === owner.role;
  return same && late?.at.getTime() === rung.at.getTime();
}

export const ownerOfRow = ({ agencyId, teamId, ownerRole: role }: Obligation): Owner => ({ agencyId, teamId, role });

/** Whom a rung means: the team's own manager; the agency's lead and executive; the partnership's business manager and chair. */
export function toldBy({ area }: Hub, row: Pick<Obligation, "agencyId" | "teamId">, role: PostRole): Owner {
  if (role === "BUSINESS_MANAGER" || role === "CHAIR") {
    const partnership = area.agencies.find(({ sector }) => sector === "PARTNERSHIP");
    return { agencyId: partnership?.id ?? row.agencyId, teamId: null, role };
  }
  const ofTheTeam = role === "MANAGER" || role === "PRACTITIONER";
  return { agencyId: row.agencyId, teamId: ofTheTeam ? row.teamId : null, role };
}
