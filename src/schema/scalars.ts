import { GraphQLScalarType } from "graphql";
import { LocalDateResolver } from "graphql-scalars";

const DAY = /^\d{4}-\d\d-\d\d$/;

/** A calendar day, `YYYY-MM-DD`; the ecosystem's `LocalDate`, but that what goes out is looked at only for its form: the whole
 *  check builds a date for every value of every list. */
export const PlainDateScalar = new GraphQLScalarType<string, string>({
  ...LocalDateResolver.toConfig(),
  serialize: (value) => {
    if (typeof value === "string" && DAY.test(value)) return value;
    throw new TypeError("A day is not as it should be");
  },
});
