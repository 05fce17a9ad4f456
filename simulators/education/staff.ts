// Who works at a school.

import type { Professional, School, Town } from "../town/types.ts";

const LEADS = [
  { jobTitle: "Designated Safeguarding Lead", like: /safeguarding/i, name: "Morgan Fairweather", line: "901" },
  {
    jobTitle: "Special Educational Needs Coordinator",
    like: /SEN\b|SENCO|special educational/i,
    name: "Ashley Quill",
    line: "902",
  },
];

/** Those of the town who work at this school; whoever a school must have and the town lacks is added. */
export function staffOf(town: Town, school: School): Professional[] {
  const found = town.professionals.filter(
    ({ agency, organisation }) => agency === "education" && organisation === school.name,
  );
  const missing = LEADS.filter(({ like }) => !found.some(({ jobTitle }) => like.test(jobTitle)));
  const added = missing.map(({ jobTitle, name, line }) => ({
    id: `A17492${school.urn.slice(-3)}${line}`,
    agency: "education" as const,
    name,
    jobTitle,
    team: "Pastoral",
    organisation: school.name,
    phone: `01632960${line}`,
    email: `${name.toLowerCase().replace(" ", ".")}@example.org`,
    registration: null,
  }));
  return [...found, ...added];
}
