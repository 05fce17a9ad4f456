// Three years of one household: first who has whom on file, then what happened, social care first because others hear of it.

import type { Build } from "./build.ts";
import { fileEducation } from "./files-education.ts";
import { fileHealth } from "./files-health.ts";
import { fileSocialCare } from "./files-social-care.ts";
import { openFiles } from "./files.ts";
import type { Household } from "./households.ts";
import { tellEducation } from "./lives-education.ts";
import { tellHealth } from "./lives-health.ts";
import { tellPolice } from "./lives-police.ts";
import { tellSocialCare } from "./lives-social-care.ts";

/** Adds records, ties, facts and truth of this household to the town. */
export function tellLives(build: Build, household: Household): void {
  const files = openFiles(build, household);
  fileHealth(files);
  fileEducation(files);
  fileSocialCare(files);
  tellSocialCare(files);
  tellHealth(files);
  tellEducation(files);
  tellPolice(files);
}
