// What whoever asks must be told besides the copy itself (UK GDPR, article 15(1)).

import type { Hub } from "./hub.ts";

/** Purposes, powers, recipients, how long, where it is from, and whose help there is. */
export const aboutTheHub = ({ area, national }: Hub) => ({
  about: `A copy of what the safeguarding hub of ${area.name} itself holds about a child. Schools, health services, the police and social care hold records of their own, which the hub asks them for and does not keep: ask each of them for its own.`,
  purposes:
    "To protect children and promote their welfare: to pass on concerns, to see that what law asks for is done in time, and to let the people who work with a child know of each other.",
  powers:
    "UK GDPR, article 6(1)(e), public task, and (c), legal obligation; article 9(2)(g), with the Data Protection Act 2018, schedule 1, paragraph 18. The power named for each act stands beside it.",
  recipients:
    "The agencies of the area that work with the child, as far as each may: who saw what stands in this copy, by role and agency.",
  source: "Agencies' own records, and what their professionals wrote here.",
  kept: national.retention.children.map(({ id, covers, keep, from, source }) => ({ id, covers, keep, from, source })),
  rights:
    "You may ask for what is wrong to be put right, for its use to be restricted, to object, and for it to be erased where no law asks for it to be kept. You may complain to the Information Commissioner (ico.org.uk).",
  decidedByMachines:
    "Nobody is judged or scored by the hub. It compares records to see whether they are one person's; where that is in doubt a person decides.",
});
