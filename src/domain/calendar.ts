// By what a clock counts. Law knows bank holidays and no closure of any office; an area's own practice knows both.

import type { Area, National } from "./policy.ts";
import type { OfficeHours, WorkingDays } from "./working-days.ts";

export interface Calendar extends WorkingDays {
  readonly officeHours: OfficeHours;
}

/** Where nation and area have laid down by what clocks count. The hub is one. */
export interface CalendarParts {
  readonly area: Pick<Area, "closures" | "officeHours">;
  readonly national: Pick<National, "holidays">;
}

/** Law knows no closure. */
const NONE: Calendar["closures"] = [];

/** For what law and national guidance set. */
export const nationalCalendar = ({ area, national }: CalendarParts): Calendar => ({
  holidays: national.holidays,
  closures: NONE,
  officeHours: area.officeHours,
});

/** For the area's own practice: its own clocks, reminders, what silence leads to. */
export const areaCalendar = ({ area, national }: CalendarParts): Calendar => ({
  holidays: national.holidays,
  closures: area.closures,
  officeHours: area.officeHours,
});
