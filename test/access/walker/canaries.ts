// Words and numbers that stand in one place only, so that wherever one turns up, it is known of which child it is and what it says.

import { nhsNumber, upnOf } from "../../support/sealed-world.ts";

/** What a canary gives away of a child. The walker's own words, apart from the hub's. */
export type Telling =
  | "ID"
  | "NAME"
  | "BORN"
  | "MORE"
  | "NUMBER"
  | "SCHOOL_NUMBER"
  | "PLACE"
  | "FAMILY"
  | "RUNG"
  | "WORKER"
  | `PAST_${"social-care" | "health" | "education" | "police"}`
  | "STATE"
  | `EVENT_${"social-care" | "health" | "education" | "police"}`
  | `RECORD_${"social-care" | "health" | "education" | "police"}`
  | "CONCERN"
  | "CLOCK"
  | "WISH"
  | "CHALLENGE"
  | "BELIEF"
  | "WAY_IN"
  | "TEAM"
  | "TEAM_PLACE"
  | "SHIELD"
  | "LEDGER_LINE"
  | "LEDGER_WHAT"
  | "LEDGER_TO"
  | "LEDGER_WHY"
  | "SEAL";

export interface Canary {
  readonly child: string;
  readonly tells: Telling;
  /** Whose words they are, where that decides who may hear them: an asker's name. */
  readonly whose?: string;
}

const TOKENS =
  /zq[a-z]{5}|\b999\d{7}\b|\b[a-z]\d{12}\b|\box9\d \d[a-z]{2}\b|\b\d{4}-\d\d-\d\d\b|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

export class Canaries {
  readonly #known = new Map<string, Canary>();
  #made = 0;

  get count(): number {
    return this.#known.size;
  }

  /** Something that exists already, or is made of the right kind: an id, a date. */
  plant(text: string, canary: Canary): string {
    const before = this.#known.get(text.toLowerCase());
    if (before && (before.child !== canary.child || before.tells !== canary.tells))
      throw new Error(
        `Two canaries would sing alike: ${before.child} ${before.tells}, ${canary.child} ${canary.tells}`,
      );
    this.#known.set(text.toLowerCase(), canary);
    return text;
  }

  /** A word like no other. */
  word(canary: Canary): string {
    // Steps that share no factor with the number of words: neighbours are spelt as unlike as may be.
    let at = ((this.#made += 1) * 4_194_301) % LETTERS.length ** 5;
    const letters = Array.from({ length: 5 }, () => {
      const letter = LETTERS[at % LETTERS.length];
      at = Math.floor(at / LETTERS.length);
      return letter;
    });
    return this.plant(`Zq${letters.join("")}`, canary);
  }

  nhs = (canary: Canary): string => this.plant(nhsNumber((this.#made += 1) * 7_919), canary);

  upn = (canary: Canary): string => this.plant(upnOf((this.#made += 1) * 104_729), canary);

  postcode(canary: Canary): string {
    const at = (this.#made += 1);
    return this.plant(
      `OX9${at % 10} ${Math.floor(at / 10) % 10}${postal(at % 13)}${postal(Math.floor(at / 13) % 13)}`,
      canary,
    );
  }

  /** A birthday between 2010 and 2021 that is nobody else's. */
  day(canary: Canary): string {
    const at = (this.#made += 1);
    const two = (number: number) => String(number).padStart(2, "0");
    return this.plant(`${2010 + (at % 12)}-${two(1 + (at % 9))}-${two(13 + (at % 15))}`, canary);
  }

  /** All that a text gives away. */
  heardIn(text: string): Canary[] {
    const heard = new Set<Canary>();
    for (const [token] of text.matchAll(TOKENS)) {
      const canary = this.#known.get(token.toLowerCase());
      if (canary) heard.add(canary);
    }
    return [...heard];
  }
}

const postal = (at: number): string => "ABDEFGHJLNPQR"[at] ?? "A";
