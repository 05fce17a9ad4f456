// Writing facts down in order: nothing that has not happened yet, and no end that has not come.

import { nextId, type Build } from "./build.ts";
import type { Files } from "./files.ts";
import type { Ladder } from "./ladder.ts";
import type { Area } from "./names.ts";
import type { Random } from "./random.ts";
import type { Day, Resident, SocialCareFact } from "./types.ts";

/** One child's social care story, under one record. */
export interface Story {
  readonly build: Build;
  readonly random: Random;
  readonly localId: string;
  readonly until: Day;
  readonly id: (prefix: string) => string;
  readonly tell: (fact: SocialCareFact) => void;
  /** Null while the day has not come. */
  readonly ended: (day: Day | null) => Day | null;
}

/** What every step of one child's story needs. */
export interface Telling {
  story: Story;
  ladder: Ladder;
  child: Resident;
  area: Area;
  /** The allocated social worker. */
  workerId: string;
  referralId: string;
  unborn: boolean;
  /** The plan was made by another council, and the child has come here under it. */
  otherAuthority: boolean;
}

export function makeStory(files: Files, random: Random, localId: string): Story {
  const { build } = files;
  const { until } = build.settings;
  return {
    build,
    random,
    localId,
    until,
    id: (prefix) => nextId(build, prefix),
    tell(fact) {
      const start = "from" in fact ? fact.from : "on" in fact ? fact.on : until;
      if (start > until) return;
      build.part.socialCare.push(fact);
      files.told.push(fact);
    },
    ended: (day) => (day !== null && day <= until ? day : null),
  };
}
