// The whole replica at once: as it is first filled, and as it is filled anew with another town.

import type { Town } from "../town/types.ts";
import { LOG, REFRESH } from "./changes.ts";
import { allInserts, type Statement } from "./inserts.ts";
import { rowsOf } from "./rows.ts";
import { TABLES } from "./schema.ts";
import { utc, type Rows } from "./values.ts";

/** The refresh of the night before the town's day, so that the replica can say how old it is. */
const refreshedAt = (town: Town): string => utc(`${town.settings.until}T02:00:00Z`);

/** Every row the replica starts with. */
export const firstRows = (town: Town): Rows => ({
  ...rowsOf(town),
  ssd_ext_change_log: [{ table_name: REFRESH, row_pk: "-", op: "U", changed_at: refreshedAt(town) }],
});

/** Takes everybody out and puts this town in, in one night; the log tells of each who went and who came. */
export function reloadStatements(town: Town): Statement[] {
  const everybody = (op: "D" | "I"): Statement => ({
    sql: `${LOG} SELECT 'ssd_person', pers_person_id, pers_person_id, '${op}', '${refreshedAt(town)}' FROM ssd_person
      WHERE pers_person_id <> '-1'`,
  });
  const kept = "ssd_ext_change_log";
  return [
    everybody("D"),
    ...Object.keys(TABLES).flatMap((table) => (table === kept ? [] : [{ sql: `DELETE FROM ${table}` }])),
    ...allInserts(rowsOf(town)),
    everybody("I"),
    ...allInserts({ [kept]: firstRows(town)[kept] ?? [] }),
  ];
}
