// Many records in little memory: each distinct value once, and for each record its place in the list of values.

import type { Compared, NameWords } from "./compared.ts";
import type { DateOrder } from "./born.ts";
import { cellText } from "./match-content.ts";
import { COMPARED_IDENTIFIERS } from "./identifiers.ts";
import { type FieldSource, isBehind, orderShown, valuesOf } from "./match-values.ts";

/** What was seen while reading, for people to be told. */
export interface Unreadable {
  readonly field: string;
  /** `CHECK_DIGIT`: a number whose check fails. `DATE`: no date of birth. `OTHER`: nothing in it can be compared. */
  readonly why: "CHECK_DIGIT" | "DATE" | "OTHER";
  readonly cells: number;
}

const BETWEEN = "\u001F";
/** A column with more different values than this is looked up no more: it has hardly a value twice. */
const TOO_VARIED = 100_000;

/** Fewer second names behind first ones than in this share of the records teach nothing about people: they are slips as like as not.
 *  The guards see them none the less. */
const ENOUGH_BEHIND = 0.01;

/** One field of all records. */
class FieldColumn {
  readonly source: FieldSource;
  readonly #held: boolean;
  #places = new Uint32Array(1_024);
  #values: (readonly string[] | undefined)[] = [undefined];
  #raws: string[] = [""];
  #counts: number[] = [0];
  #known = new Map<string, number>([["", 0]]);
  /** How many records have it, once all are read. */
  filled = 0;

  constructor(source: FieldSource) {
    this.source = source;
    // Days before months, or months before days: only the whole file can tell.
    this.#held = source.field === "born";
  }

  add(row: number, cells: readonly string[], make: (cells: readonly string[]) => readonly string[]): void {
    if (row >= this.#places.length) {
      const larger = new Uint32Array(this.#places.length * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[row] = this.#placeOf(cells, make);
  }

  #placeOf(cells: readonly string[], make: (cells: readonly string[]) => readonly string[]): number {
    const own = this.source.at.map((at) => cellText(cells[at]));
    const raw = own.every((text) => text === "") ? "" : own.join(BETWEEN);
    const known = this.#known.get(raw);
    if (known !== undefined) {
      this.#counts[known] = (this.#counts[known] ?? 0) + 1;
      return known;
    }
    const place = this.#values.length;
    const values = this.#held ? [] : make(own);
    this.#values.push(values.length > 0 ? values : undefined);
    this.#counts.push(1);
    if (this.#held) this.#raws.push(raw);
    if (this.#held || this.#known.size < TOO_VARIED) this.#known.set(raw, place);
    return place;
  }

  /** Which order the dates of this file show: the day first, or the month. */
  orders(): { DMY: number; MDY: number } {
    const shown = { DMY: 0, MDY: 0 };
    for (const [at, raw] of this.#raws.entries()) {
      const order = orderShown(raw);
      if (order) shown[order] += this.#counts[at] ?? 0;
    }
    return shown;
  }

  /** All rows are read: what had to wait is made, what helped is let go. Answers how many cells could not be read. */
  close(make: (cells: readonly string[]) => readonly string[]): number {
    if (this.#held)
      for (const [at, raw] of this.#raws.entries()) {
        if (at === 0) continue;
        const values = make(raw.split(BETWEEN));
        this.#values[at] = values.length > 0 ? values : undefined;
      }
    let unreadable = 0;
    for (let at = 1; at < this.#values.length; at += 1)
      if (this.#values[at] === undefined) unreadable += this.#counts[at] ?? 0;
      else this.filled += this.#counts[at] ?? 0;
    this.#raws = [];
    this.#counts = [];
    this.#known = new Map();
    return isBehind(this.source) ? 0 : unreadable;
  }

  at(row: number): readonly string[] | undefined {
    return this.#values[this.#places[row] ?? 0];
  }
}

/** The records of one file. */
export class RecordTable {
  readonly #columns: readonly FieldColumn[];
  readonly #words: NameWords;
  #rows = 0;
  #order: DateOrder = "DMY";

  constructor(sources: readonly FieldSource[], words: NameWords) {
    this.#columns = sources.map((source) => new FieldColumn(source));
    this.#words = words;
  }

  get size(): number {
    return this.#rows;
  }

  /** What is compared, once all rows are read. */
  get fields(): string[] {
    return this.#columns
      .filter(({ source, filled }) => !isBehind(source) || filled > this.#rows * ENOUGH_BEHIND)
      .map(({ source }) => source.field);
  }

  add(cells: readonly string[]): void {
    const row = this.#rows++;
    for (const column of this.#columns) column.add(row, cells, (own) => this.#make(column, own));
  }

  /** All rows are read. Answers the order that dates were read in, whether the file shows both, and what could not be read. */
  close(): { order: DateOrder; bothOrders: boolean; unreadable: Unreadable[] } {
    const shown = this.#columns.find(({ source }) => source.field === "born")?.orders() ?? { DMY: 0, MDY: 0 };
    this.#order = shown.MDY > shown.DMY ? "MDY" : "DMY";
    const unreadable = this.#columns.map((column): Unreadable => {
      const { field } = column.source;
      return { field, why: whyOf(field), cells: column.close((own) => this.#make(column, own)) };
    });
    const bothOrders = shown.DMY > 0 && shown.MDY > 0;
    return { order: this.#order, bothOrders, unreadable: unreadable.filter(({ cells }) => cells > 0) };
  }

  /** A record, as it is compared. */
  record(row: number): Compared {
    const record: Record<string, readonly string[] | undefined> = {};
    for (const column of this.#columns) record[column.source.field] = column.at(row);
    return record;
  }

  #make({ source }: FieldColumn, own: readonly string[]): readonly string[] {
    return valuesOf(source, own, { words: this.#words, order: this.#order });
  }
}

const whyOf = (field: string): Unreadable["why"] => {
  if ((COMPARED_IDENTIFIERS as readonly string[]).includes(field)) return "CHECK_DIGIT";
  return field === "born" ? "DATE" : "OTHER";
};
