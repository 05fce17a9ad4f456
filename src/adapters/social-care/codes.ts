// The dataset's code sets in the field's words. A code not listed is shown as it was stated.

// prettier-ignore
export const ETHNICITIES: ReadonlySet<string> = new Set([
  "WBRI", "WIRI", "WIRT", "WROM", "WOTH", "MWBC", "MWBA", "MWAS", "MOTH", "AIND",
  "APKN", "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT",
]);

/** Who got in touch. */
export const SOURCES: Readonly<Record<string, string>> = {
  "1A": "a family member, relative or carer",
  "1B": "an acquaintance",
  "1C": "the child",
  "1D": "another individual",
  "2A": "a school",
  "2B": "education services",
  "3A": "a GP",
  "3B": "a health visitor",
  "3C": "a school nurse",
  "3D": "other primary health services",
  "3E": "accident and emergency",
  "3F": "other health services",
  "4": "housing",
  "5A": "the council's social care",
  "5B": "another council service",
  "5C": "another local authority",
  "5D": "the council's early help",
  "6": "the police",
  "7": "another legal agency",
  "8": "another organisation",
  "9": "somebody anonymous",
  "10": "an unknown source",
};

export const NEEDS: Readonly<Record<string, string>> = {
  N1: "Abuse or neglect",
  N2: "Child's disability",
  N3: "Parental disability or illness",
  N4: "Family in acute stress",
  N5: "Family dysfunction",
  N6: "Socially unacceptable behaviour",
  N7: "Low income",
  N8: "Absent parenting",
  N9: "Cases other than children in need",
};

/** How the child took part in the conference about them. */
export const PARTICIPATION: Readonly<Record<string, string>> = {
  PN0: "child under four",
  PN1: "child attended and spoke",
  PN2: "child attended, an advocate spoke",
  PN3: "child attended and conveyed views without words",
  PN4: "child attended and did not contribute",
  PN5: "child absent, an advocate was briefed",
  PN6: "child absent, views came another way",
  PN7: "child absent, views not conveyed",
};

/** The words for a code, or the code itself. */
export const words = (codes: Readonly<Record<string, string>>, code: string | null): string | null =>
  code === null ? null : (codes[code] ?? code);
