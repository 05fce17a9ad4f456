// An invented family at three agencies that do not agree about it, and a child in hiding, for stories about families.

import type { StatedRelationship } from "../../src/domain/statements.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { home, nhs } from "./demo-records.ts";
import { type FakeRecord, person, provenanceOf } from "./fake-system.ts";
import { claim } from "./family-claims.ts";
import { named } from "./statements.ts";

export const NUMBERS = {
  amelia: "9990123470",
  noah: "9990246947",
  rachel: "9990370419",
  elodie: "9990740828",
  ivy: "9990864292",
  theo: "9990987769",
  daniel: "9991234705",
} as const;

const on = plainDate;
const LARCH = [home("OX99 9ZZ")];
const amelia = { forename: "Amelia", surname: "Hartley", bornOn: "2019-03-14", addresses: LARCH };
const noah = { forename: "Noah", surname: "Hartley-Okafor", bornOn: "2022-06-02", addresses: LARCH };
const rachel = { forename: "Rachel", surname: "Hartley", bornOn: "1994-11-08", addresses: LARCH };
const daniel = { forename: "Daniel", surname: "Okafor", bornOn: "1990-02-17", addresses: LARCH };
const ivy = { forename: "Ivy", surname: "Okafor", bornOn: "2012-01-05", addresses: [home("OX99 3IV", "5 Tern Way")] };
const theo = {
  forename: "Theo",
  surname: "Hartley",
  bornOn: "2014-04-04",
  addresses: [home("OX99 1AA", "3 Hidden Row")],
};
const elodie = {
  forename: "Elodie",
  surname: "Marsh",
  bornOn: "2015-05-05",
  addresses: [home("OX99 7FL", "31 Fen Lane")],
};

type Who = { readonly forename: string; readonly surname: string; readonly bornOn: string };

/** A claim that names somebody by the agency's own record of them. */
const of = (
  role: StatedRelationship["role"],
  who: Who,
  { recordId, ...said }: Partial<StatedRelationship> & { readonly recordId: string | null },
) =>
  claim(role, {
    otherRecordId: recordId,
    otherName: named(who.forename, who.surname),
    otherBornOn: on(who.bornOn),
    provenance: provenanceOf("claim"),
    ...said,
  });

const held = (
  recordId: string,
  who: Who,
  { number, relationships = [], restricted = false }: Partial<FakeRecord> & { readonly number: string },
): FakeRecord => ({
  recordId,
  restricted,
  relationships,
  demographics: person(recordId, { ...who, identifiers: [nhs(number)] }),
});

const PR = { parentalResponsibility: true };
const NO_PR = { parentalResponsibility: false };

export const FAMILY_RECORDS: Readonly<Record<string, readonly FakeRecord[]>> = {
  "social-care": [
    held("LA-1", amelia, {
      number: NUMBERS.amelia,
      relationships: [
        of("MOTHER", rachel, { recordId: "LA-3", ...PR, livesWithChild: true, fromOn: on("2019-03-14") }),
        of("STEP_FATHER", daniel, { recordId: "LA-4", ...NO_PR, livesWithChild: true, fromOn: on("2021-05-01") }),
        of("HALF_SIBLING", noah, { recordId: "LA-2" }),
      ],
    }),
    held("LA-2", noah, {
      number: NUMBERS.noah,
      relationships: [
        of("MOTHER", rachel, { recordId: "LA-3", ...PR }),
        of("FATHER", daniel, { recordId: "LA-4", ...PR }),
      ],
    }),
    held("LA-3", rachel, {
      number: NUMBERS.rachel,
      relationships: [
        of("CHILD", amelia, { recordId: "LA-1" }),
        of("CHILD", theo, { recordId: "LA-9" }),
        of("PARTNER", daniel, { recordId: "LA-4" }),
      ],
    }),
    held("LA-4", daniel, {
      number: NUMBERS.daniel,
      relationships: [of("STEP_CHILD", amelia, { recordId: "LA-1" }), of("CHILD", ivy, { recordId: "LA-5", ...PR })],
    }),
    held("LA-5", ivy, { number: NUMBERS.ivy }),
    held("LA-9", theo, { number: NUMBERS.theo }),
    held("LA-7", elodie, {
      number: NUMBERS.elodie,
      relationships: [of("MOTHER", { forename: "Helen", surname: "Marsh", bornOn: "1988-10-12" }, { recordId: null })],
    }),
  ],
  health: [
    held("p-amelia", amelia, {
      number: NUMBERS.amelia,
      relationships: [
        of("MOTHER", rachel, { recordId: null, otherIdentifiers: [nhs(NUMBERS.rachel)], livesWithChild: false }),
        claim("GRANDPARENT", { otherRecordId: "p-jo", provenance: provenanceOf("p-amelia") }),
      ],
    }),
    held("p-rachel", rachel, { number: NUMBERS.rachel }),
    held("p-theo", theo, { number: NUMBERS.theo, restricted: true }),
    held("p-elodie", elodie, { number: NUMBERS.elodie, restricted: true }),
  ],
  education: [
    held("A1.1", amelia, {
      number: NUMBERS.amelia,
      relationships: [
        claim("MOTHER", { otherName: named("Rachel", "Hartley"), ...NO_PR, provenance: provenanceOf("A1.1") }),
      ],
    }),
  ],
  police: [],
};
