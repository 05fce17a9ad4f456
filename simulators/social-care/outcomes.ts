// The dataset's outcome columns are JSON with fixed keys, all of them always there, each "Y", "N" or "".

const FLAGS = {
  contact: `NEW_REFERRAL EXISTING_REFERRAL CP_ENQUIRY NFA NON_AGENCY_ADOPTION PRIVATE_FOSTERING ADVICE MISSING OLA_CP
    OTHER_OUTCOMES_EXIST`,
  referral: `SINGLE_ASSESSMENT NFA STRATEGY_DISCUSSION CLA_REQUEST NON_AGENCY_ADOPTION PRIVATE_FOSTERING CP_TRANSFER_IN
    CP_CONFERENCE CARE_LEAVER OTHER_OUTCOMES_EXIST`,
  assessment: `NFA NFA_S47_END STRATEGY_DISCUSSION CLA_REQUEST PRIVATE_FOSTERING LEGAL_ACTION PROV_OF_SERVICES
    PROV_OF_SB_CARE SPECIALIST_ASSESSMENT REFERRAL_TO_OTHER_AGENCY OTHER_ACTIONS OTHER_OUTCOMES_EXIST`,
  section47: `NFA LEGAL_ACTION PROV_OF_SERVICES PROV_OF_SB_CARE CP_CONFERENCE NFA_CONTINUE_SINGLE MONITOR
    OTHER_OUTCOMES_EXIST`,
  conference: `NFA REFERRAL_TO_OTHER_AGENCY SINGLE_ASSESSMENT PROV_OF_SERVICES CP OTHER_OUTCOMES_EXIST`,
};

const COMMENTS: Partial<Record<keyof typeof FLAGS, string>> = {
  assessment: "COMMENTS",
  section47: "OUTCOME_COMMENTS",
  conference: "COMMENTS",
};

/** The JSON of one outcome column, with these flags (written without `_FLAG`) set. */
export function outcome(kind: keyof typeof FLAGS, set: readonly string[]): string {
  const flags = FLAGS[kind].split(/\s+/).map((name) => [`${name}_FLAG`, set.includes(name) ? "Y" : "N"]);
  const comments = COMMENTS[kind];
  return JSON.stringify({
    ...Object.fromEntries(flags),
    ...(comments && { TOTAL_NO_OF_OUTCOMES: set.length, [comments]: "" }),
  });
}
