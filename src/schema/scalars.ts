import { LocalDateResolver } from "graphql-scalars";

/** A calendar day, `YYYY-MM-DD`; the ecosystem's `LocalDate`. */
export const PlainDateScalar = LocalDateResolver;
