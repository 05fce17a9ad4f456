import { EntitySchema } from "typeorm";

/** One row, by property. Everything is text: days and JSON are made of it by our own rules, not by a driver's. */
export type RowOf<Property extends string> = Record<Property, string | null>;

export interface Table<Property extends string> {
  readonly schema: EntitySchema<RowOf<Property>>;
  /** The property that holds the row's own identifier: the first one named. */
  readonly key: Property;
}

/** The rows of one of the tables. */
export type RowIn<T> = T extends Table<infer Property> ? RowOf<Property> : never;

/** A table of the dataset: its own names to the right, ours to the left, its key first. Columns not named are never read. */
export function table<Property extends string>(name: string, columns: Record<Property, string>): Table<Property> {
  const properties = Object.keys(columns) as Property[];
  const [key] = properties;
  if (!key) throw new RangeError("A table needs columns");
  const described = properties.map((property) => [
    property,
    { name: columns[property], type: String, nullable: property !== key, primary: property === key },
  ]);
  return {
    key,
    schema: new EntitySchema<RowOf<Property>>({
      name,
      columns: Object.fromEntries(described) as Record<Property, { type: typeof String }>,
    }),
  };
}

/** Drivers give numbers for number columns; anything else that is not text is not as agreed. */
export function asText<Row extends Record<string, string | null>>(row: Row): Row {
  const texts = Object.entries<unknown>(row).map(([property, value]) => {
    if (value === null || typeof value === "string") return [property, value];
    if (typeof value === "number") return [property, String(value)];
    throw new TypeError("A column is neither text nor number");
  });
  return Object.fromEntries(texts) as Row;
}
