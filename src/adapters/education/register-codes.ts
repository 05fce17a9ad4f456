// What the codes of a register and of an exclusion mean (DfE, "Working together to improve school attendance", from 19 August
// 2024; exclusion reasons as of May 2026). Older registers keep retired codes, and schools invent codes of their own.

/** How one session counts. `NOT_EXPECTED`: the child could not or need not have been there. */
type Session = "PRESENT" | "EXPLAINED" | "UNEXPLAINED" | "NOT_EXPECTED" | "UNKNOWN";

const CODES: Record<Exclude<Session, "UNKNOWN">, string> = {
  // J is retired.
  PRESENT: "/ \\ L K V P W B J",
  // H and F (holiday granted) are retired.
  EXPLAINED: "C C1 C2 M J1 S T R I E H F",
  UNEXPLAINED: "G N O U",
  // Y is retired; D is at the other school.
  NOT_EXPECTED: "Q X Z # D Y Y1 Y2 Y3 Y4 Y5 Y6 Y7",
};

const BY_CODE = new Map(
  Object.entries(CODES).flatMap(([session, codes]) =>
    codes.split(" ").map((code) => [code, session as Session] as const),
  ),
);

/** The type Wonde gives a code, for codes that are not in the list above. */
const BY_TYPE = new Map(
  Object.entries<Session>({
    PRESENT: "PRESENT",
    APPROVED_EDUCATIONAL_ACTIVITY: "PRESENT",
    AUTHORISED_ABSENCE: "EXPLAINED",
    UNAUTHORISED_ABSENCE: "UNEXPLAINED",
    UNABLE_TO_ATTEND: "NOT_EXPECTED",
    NOT_REQUIRED: "NOT_EXPECTED",
  }),
);

/** How a session counts that bears this code and type. */
export const sessionOf = (code: string | null | undefined, type: string | null | undefined): Session =>
  BY_CODE.get(code?.trim().toUpperCase() ?? "") ?? BY_TYPE.get(type ?? "") ?? "UNKNOWN";

export const UNEXPLAINED_WORDS = new Map(
  Object.entries({
    G: "holiday not granted",
    N: "reason not yet established",
    O: "other or unknown circumstances",
    U: "arrived after the register closed",
  }),
);

export const EXCLUSION_WORDS = new Map(
  Object.entries({
    SUSP: "Suspended",
    PERM: "Permanently excluded",
    LNCH: "Excluded at lunchtimes",
  }),
);

export const REASON_WORDS = new Map(
  Object.entries({
    PP: "physical assault against a pupil",
    PA: "physical assault against an adult",
    VP: "verbal abuse or threatening behaviour against a pupil",
    VA: "verbal abuse or threatening behaviour against an adult",
    OW: "use or threat of a weapon or prohibited item",
    BW: "bringing a weapon or prohibited item",
    BU: "bullying",
    TB: "online bullying",
    RA: "racist abuse",
    LG: "abuse about sexual orientation or gender identity",
    DS: "abuse about disability",
    SM: "sexual misconduct",
    SB: "harmful sexual behaviour",
    MB: "misogynistic behaviour",
    AB: "misandrist behaviour",
    DR: "drugs",
    AR: "alcohol",
    SR: "smoking",
    VR: "vaping",
    DA: "drugs and alcohol",
    DM: "damage",
    TH: "theft",
    LD: "low-level disruption",
    CB: "challenging behaviour",
    DB: "persistent or general disruptive behaviour",
    MT: "inappropriate use of social media or online technology",
    MP: "mobile phone",
    OS: "conduct outside school",
    PH: "breach of public health measures",
  }),
);
