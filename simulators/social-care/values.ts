// How the dataset writes things down.

import type { TableName } from "./schema.ts";

/** A row, by column; columns left out are NULL. */
export type Row = Record<string, string | number | null>;
export type Rows = Partial<Record<TableName, Row[]>>;

/** Days are DATETIMEs at midnight. */
export const midnight = (day: string | null): string | null => (day === null ? null : `${day} 00:00:00`);

/** An instant as our own extension columns hold it: UTC, with milliseconds. */
export const utc = (instant: string): string => new Date(instant).toISOString().replace("T", " ").replace("Z", "");

export const flag = (value: boolean | null): string | null => (value === null ? null : value ? "Y" : "N");

/** A team's id in `ssd_department`, from its name. */
export const teamId = (name: string): string => `T-${name.toUpperCase().replace(/[^A-Z0-9]+/g, "-")}`.slice(0, 48);
