// Children of every kind, each with something to tell at every agency.

import { plainDate } from "../../../src/domain/plain-date.ts";
import type { StatedRelationship } from "../../../src/domain/statements.ts";
import { nhs, upn } from "../../support/demo-records.ts";
import { type FakeRecord, person, provenanceOf } from "../../support/fake-system.ts";
import { claim } from "../../support/family-claims.ts";
import { named } from "../../support/statements.ts";
import type { Canaries, Telling } from "./canaries.ts";

export const KINDS = [
  "ORDINARY",
  "RESTRICTED",
  "FLED",
  "CONFLICT",
  "HIGH_PROFILE",
  "ADOPTED",
  "WITNESS",
  "NAMED",
  "UNBORN",
  "SIBLING",
  "UNSURE",
  "JOINED",
  "SEALED",
] as const;
export type KindOfChild = (typeof KINDS)[number];

export const AGENCIES = ["social-care", "health", "education", "police"] as const;
export type AgencyId = (typeof AGENCIES)[number];

/** What a question needs to know of a child to ask for it. */
export interface Made {
  readonly kind: KindOfChild;
  readonly surname: string;
  readonly bornOn: string;
  readonly nhs: string;
  readonly recordIds: Readonly<Record<AgencyId, string>>;
  /** The same child, as one agency's record of a brother's or sister's family names them. */
  readonly asRelative: Partial<StatedRelationship>;
  readonly records: Readonly<Record<AgencyId, FakeRecord>>;
}

const SECTOR_EVENTS = {
  "social-care": "REFERRAL",
  health: "HOSPITAL_ATTENDANCE",
  education: "EXCLUSION",
  police: "POLICE_NOTICE",
} as const;

/** The mother of those who are brothers and sisters, as social care knows her. */
const MOTHER = { recordId: "adult-1", forename: "Marigold", surname: "Okonkwo", bornOn: "1991-07-19" };

/** The records of one child at every agency. `relatives` are claimed as brothers and sisters by social care. */
function makeChild(canaries: Canaries, kind: KindOfChild, relatives: readonly Made[] = []): Made {
  const word = (tells: Telling) => canaries.word({ child: kind, tells });
  const day = plainDate;
  const [forename, surname, number, schoolNumber] = [
    word("NAME"),
    word("NAME"),
    canaries.nhs({ child: kind, tells: "NUMBER" }),
    canaries.upn({ child: kind, tells: "SCHOOL_NUMBER" }),
  ];
  const isUnborn = kind === "UNBORN";
  const bornOn = canaries.day({ child: kind, tells: "BORN" });
  const postcode = canaries.postcode({ child: kind, tells: "PLACE" });
  const recordIds = Object.fromEntries(AGENCIES.map((id) => [id, `r-${word(`RECORD_${id}`)}`])) as Made["recordIds"];
  const record = (agencyId: AgencyId): FakeRecord => {
    const recordId = recordIds[agencyId];
    const provenance = provenanceOf(recordId);
    const base = person(recordId, {
      forename,
      surname,
      bornOn,
      ethnicity: word("MORE"),
      gender: word("MORE"),
      identifiers: [nhs(number), ...(agencyId === "education" ? [upn(schoolNumber)] : [])],
      addresses: [
        {
          use: "HOME",
          lines: [`1 ${word("PLACE")} Way`],
          town: "Oxford",
          postcode,
          uprn: null,
          fromOn: day("2024-02-01"),
          untilOn: null,
        },
      ],
      ...(agencyId === "education" && { heldBy: `${word("PLACE")} Primary` }),
    });
    const past = {
      organisation: null,
      phone: null,
      email: null,
      fromOn: day("2024-03-01"),
      untilOn: day("2024-09-01"),
    };
    const now = { organisation: null, team: null, email: null, fromOn: day("2025-03-01"), untilOn: null };
    return {
      recordId,
      restricted: kind === "RESTRICTED" && agencyId === "health",
      demographics: isUnborn ? { ...base, bornOn: null, expectedOn: day(bornOn) } : base,
      relationships: [
        claim("MOTHER", { otherName: named(word("FAMILY"), word("FAMILY")), provenance, livesWithChild: true }),
        ...(agencyId === "social-care" ? relatives : []).map(({ asRelative }) =>
          claim("SIBLING", { ...asRelative, provenance }),
        ),
        ...(agencyId === "social-care" && relatives.length > 0
          ? [
              claim("PARENT", {
                otherRecordId: MOTHER.recordId,
                otherName: named(MOTHER.forename, MOTHER.surname),
                provenance,
              }),
            ]
          : []),
      ],
      involvements: [
        agencyId === "social-care"
          ? { ...now, role: "SOCIAL_WORKER", practitioner: word("RUNG"), phone: "01632 960001", provenance }
          : { ...now, role: "SCHOOL", practitioner: word("WORKER"), phone: "01632 960002", provenance },
        { ...past, role: "CAMHS", practitioner: word(`PAST_${agencyId}`), team: word(`PAST_${agencyId}`), provenance },
      ],
      states: [
        {
          kind: "CHILD_PROTECTION_PLAN",
          category: word("STATE"),
          summary: word("STATE"),
          fromOn: day("2025-01-01"),
          untilOn: null,
          provenance,
        },
      ],
      events: [
        {
          kind: SECTOR_EVENTS[agencyId],
          on: day("2025-06-01"),
          at: null,
          summary: word(`EVENT_${agencyId}`),
          provenance,
        },
      ],
    };
  };
  return {
    kind,
    surname,
    bornOn,
    nhs: number,
    recordIds,
    asRelative: {
      otherRecordId: recordIds["social-care"],
      otherName: named(forename, surname),
      otherBornOn: isUnborn ? null : day(bornOn),
      otherIdentifiers: [nhs(number)],
    },
    records: Object.fromEntries(AGENCIES.map((id) => [id, record(id)])) as Made["records"],
  };
}

/** Those whose names stand in a sister's family as well. */
const CLAIMED: ReadonlySet<KindOfChild> = new Set([
  "RESTRICTED",
  "FLED",
  "ADOPTED",
  "WITNESS",
  "NAMED",
  "SEALED",
  "ORDINARY",
]);

/** Children whom only the mother's own record names. */
const OF_MOTHER: ReadonlySet<KindOfChild> = new Set(["SIBLING", "JOINED"]);

/** Every kind of child, and what each agency holds of them. */
export function makeChildren(canaries: Canaries): {
  readonly children: readonly Made[];
  readonly records: Readonly<Record<AgencyId, readonly FakeRecord[]>>;
} {
  const first = KINDS.filter((kind) => kind !== "SIBLING").map((kind) => makeChild(canaries, kind));
  const relatives = first.filter(({ kind }) => CLAIMED.has(kind));
  const children = [...first, makeChild(canaries, "SIBLING", relatives)];
  const mother: FakeRecord = {
    recordId: MOTHER.recordId,
    demographics: person(MOTHER.recordId, MOTHER),
    relationships: children
      .filter((child) => OF_MOTHER.has(child.kind) || CLAIMED.has(child.kind))
      .map(({ asRelative }) => claim("CHILD", { ...asRelative, provenance: provenanceOf(MOTHER.recordId) })),
  };
  const held = (id: AgencyId) => children.map(({ records }) => records[id]);
  return {
    children,
    records: {
      "social-care": [...held("social-care"), mother],
      health: held("health"),
      education: held("education"),
      police: held("police"),
    },
  };
}
