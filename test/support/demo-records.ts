// A few invented children, as four agencies hold them, for stories that need no protocol.

import { plainDate } from "../../src/domain/plain-date.ts";
import type { StatedAddress, StatedIdentifier } from "../../src/domain/statements.ts";
import { type FakeRecord, person, provenanceOf } from "./fake-system.ts";

export const NHS = "9990123470";
export const UPN = "U931123420001";

export const nhs = (value: string, verified = true): StatedIdentifier => ({ kind: "NHS_NUMBER", value, verified });
export const upn = (value: string): StatedIdentifier => ({ kind: "UPN", value, verified: true });
export const home = (postcode: string, line = "12 Larch Close"): StatedAddress => ({
  use: "HOME",
  lines: [line],
  town: "Oxford",
  postcode,
  uprn: null,
  fromOn: null,
  untilOn: null,
});

const amelia = { forename: "Amelia", surname: "Hartley", bornOn: "2019-03-14", addresses: [home("OX99 9ZZ")] };

/** Amelia at four agencies, and a boy whom nobody restricts but health. */
export const RECORDS: Readonly<Record<string, readonly FakeRecord[]>> = {
  "social-care": [
    {
      recordId: "LA-0001",
      demographics: person("LA-0001", { ...amelia, identifiers: [upn(UPN), nhs(NHS, false)] }),
      involvements: [
        {
          role: "SOCIAL_WORKER",
          practitioner: "Priya Nair",
          organisation: "Council",
          team: "Assessment Team North",
          phone: "01632 960001",
          email: null,
          fromOn: plainDate("2026-02-24"),
          untilOn: null,
          provenance: provenanceOf("LA-0001"),
        },
      ],
      events: [
        {
          kind: "REFERRAL",
          on: plainDate("2026-02-23"),
          at: null,
          summary: "Referral from police",
          provenance: provenanceOf("LA-0001"),
        },
      ],
    },
    {
      recordId: "LA-0009",
      demographics: person("LA-0009", {
        forename: "Theo",
        surname: "Marsh",
        bornOn: "2014-04-04",
        addresses: [home("OX99 1AA", "3 Hidden Row")],
      }),
    },
  ],
  health: [
    {
      recordId: "p-amelia",
      demographics: person("p-amelia", { ...amelia, identifiers: [nhs(NHS)] }),
      events: [
        {
          kind: "HOSPITAL_ATTENDANCE",
          on: plainDate("2026-01-18"),
          at: "2026-01-18T01:12:00Z",
          summary: "Injury to forearm",
          provenance: provenanceOf("p-amelia"),
        },
      ],
    },
    {
      recordId: "p-theo",
      restricted: true,
      demographics: person("p-theo", {
        forename: "Theo",
        surname: "Marsh",
        bornOn: "2014-04-04",
        addresses: [home("OX99 1AA", "3 Hidden Row")],
      }),
    },
  ],
  education: [{ recordId: "A1.1", demographics: person("A1.1", { ...amelia, identifiers: [upn(UPN)] }) }],
  police: [],
};
