// Statements for tests about rules: every field there, nothing said, so that a test names only what it is about.

import type { AgencyView } from "../../src/domain/agency-view.ts";
import type { Agency, Sector } from "../../src/domain/agency.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import type {
  Demographics,
  Involvement,
  Provenance,
  State,
  StatedEvent,
  StatedRelationship,
} from "../../src/domain/statements.ts";

export const PROVENANCE: Provenance = { system: "mis", recordId: "r-1", recordedAt: null, statedAs: null };

export const agencyOf = (sector: Sector): Agency => ({
  id: sector.toLowerCase().replace("_", "-"),
  name: sector.toLowerCase().replace("_", " "),
  sector,
});

export const demographics = (change: Partial<Demographics> = {}): Demographics => ({
  identifiers: [],
  names: [],
  bornOn: null,
  bornOnAccuracy: "DAY",
  expectedOn: null,
  diedOn: null,
  sex: "UNKNOWN",
  gender: null,
  ethnicity: null,
  addresses: [],
  heldBy: null,
  provenance: PROVENANCE,
  ...change,
});

export const named = (forename: string, surname: string | null): Demographics["names"][number] => ({
  use: "OFFICIAL",
  forenames: [forename],
  surname,
});

export const livingAt = (
  postcode: string | null,
  untilOn: string | null = null,
): Demographics["addresses"][number] => ({
  use: "HOME",
  lines: ["4 Quarry Rise"],
  town: "Oldham",
  postcode,
  uprn: null,
  fromOn: null,
  untilOn: untilOn === null ? null : plainDate(untilOn),
});

export const involvement = (role: Involvement["role"]): Involvement => ({
  role,
  practitioner: "A. Example",
  organisation: null,
  team: null,
  phone: "01632 960123",
  email: null,
  fromOn: null,
  untilOn: null,
  provenance: PROVENANCE,
});

export const relationship = (): StatedRelationship => ({
  role: "MOTHER",
  otherRecordId: "r-2",
  otherName: named("Rachel", "Example"),
  otherBornOn: null,
  otherIdentifiers: [],
  parentalResponsibility: true,
  mainCarer: null,
  livesWithChild: null,
  fromOn: null,
  untilOn: null,
  provenance: PROVENANCE,
});

export const state = (): State => ({
  kind: "SCHOOL_ENROLMENT",
  category: null,
  summary: "Enrolled at Larch Hill Primary",
  fromOn: null,
  untilOn: null,
  provenance: PROVENANCE,
});

export const event = (): StatedEvent => ({
  kind: "ABSENCE",
  on: plainDate("2026-03-02"),
  at: null,
  summary: "Absent",
  provenance: PROVENANCE,
});

/** A view in which everything is recorded. */
export const fullView = (change: Partial<AgencyView> = {}): AgencyView => ({
  agency: agencyOf("EDUCATION"),
  asOf: null,
  retrievedAt: null,
  notAnsweringSince: null,
  demographics: {
    status: "RECORDED",
    items: [
      demographics({
        names: [named("Amelia", "Example")],
        addresses: [livingAt("OX99 9ZZ")],
        heldBy: "A school",
      }),
    ],
  },
  relationships: {
    status: "RECORDED",
    items: [relationship()],
  },
  involvements: {
    status: "RECORDED",
    items: [involvement("SCHOOL"), involvement("SOCIAL_WORKER")],
  },
  states: {
    status: "RECORDED",
    items: [state()],
  },
  events: {
    status: "RECORDED",
    items: [event()],
  },
  ...change,
});
