import { readFileSync } from "node:fs";
import type { Matcher } from "../domain/identity.ts";
import { readModel } from "../domain/match-model-file.ts";
import type { Matching } from "../domain/policy.ts";
import { makeNameWords } from "./name-words.ts";
import { policiesFolder } from "./policy-files.ts";

/** The matcher that an area's policy asks for. Throws one sentence that names the file, and the place in it. */
export function makeMatcher(
  { policy, model: name, sharedPostcodes }: Matching,
  { refuseTest }: { readonly refuseTest: boolean },
): Matcher {
  const file = `matching/${name}.json`;
  let text: string;
  try {
    text = readFileSync(new URL(file, policiesFolder()), "utf8");
  } catch (cause) {
    throw new Error(`policies/${file}: cannot be read; \`matching.model\` in the area's policy file names it`, {
      cause,
    });
  }
  try {
    const model = readModel(JSON.parse(text));
    const shared = new Set(sharedPostcodes.map(({ postcode }) => postcode));
    return { model, policy, words: makeNameWords(), sharedPostcodes: shared, refuseTest };
  } catch (error) {
    throw new Error(`policies/${file}: ${(error as Error).message}`, { cause: error });
  }
}
