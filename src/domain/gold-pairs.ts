// Made-up pairs whose answer is known, to see how reviewers fare. Nobody in them exists. They are made of common names, and of what
// really happens to records: a slip of the pen, a familiar name, a day and month exchanged, a move; twins, and namesakes.

import type { Compared } from "./compared.ts";

export interface GoldPair {
  readonly left: Compared;
  readonly right: Compared;
  readonly answer: "MATCH" | "NOT_MATCH";
}

const SURNAMES = (
  "adams allen bailey barker begum bennett brooks butcher carr chapman cole cooper dixon ellis fisher foster gill " +
  "graham grant hughes hunt iqbal jackson kaur kelly khan knight lane mason mills nowak osborne palmer patel price " +
  "reid rose shah shaw stone walsh webb west young"
).split(" ");
const BOYS = "adam ben caleb daniel elliot finley george harvey isaac jacob kian leon mason nathan owen ryan".split(
  " ",
);
const GIRLS = "alice bella chloe daisy emma freya grace hannah imogen jessica katie leah maya niamh poppy sarah".split(
  " ",
);
const MIDDLE_BOYS = "james john lee paul peter robert scott thomas".split(" ");
const MIDDLE_GIRLS = "ann claire jane louise mary ruth rose sophie".split(" ");
/** Names that twins are given, near enough for a record to look like a slip. */
const TWINS: readonly (readonly [string, string, "f" | "m"])[] = [
  ["jayden", "kayden", "m"],
  ["ella", "ellie", "f"],
  ["callum", "calum", "m"],
  ["maisie", "macie", "f"],
  ["aidan", "jaidan", "m"],
  ["isla", "ayla", "f"],
];
const FAMILIAR: readonly (readonly [string, string, "f" | "m"])[] = [
  ["thomas", "tom", "m"],
  ["katherine", "katie", "f"],
  ["samuel", "sam", "m"],
  ["elizabeth", "lizzie", "f"],
  ["alexander", "alex", "m"],
  ["charlotte", "lottie", "f"],
];
const FAR_LETTERS = "ABDEFGHJLNPQRSTUWXYZ";

interface Dice {
  readonly chance: () => number;
  readonly year: number;
  readonly outwards: readonly string[];
}

const pick = <Item>({ chance }: Dice, items: readonly Item[]): Item => {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new RangeError("There is nothing to take one of");
  return item;
};
const upTo = ({ chance }: Dice, most: number): number => 1 + Math.floor(chance() * most);
const two = (number: number): string => String(number).padStart(2, "0");

const postcode = (dice: Dice): string => {
  const letter = () => pick(dice, [...FAR_LETTERS]);
  return `${pick(dice, dice.outwards)} ${upTo(dice, 9)}${letter()}${letter()}`;
};

interface Made {
  readonly forename: string;
  readonly middle: string;
  readonly surname: string;
  readonly born: string;
  readonly sex: "f" | "m";
  readonly postcode: string;
}

const comparedOf = (made: Made): Compared =>
  Object.fromEntries(Object.entries(made).map(([field, value]) => [field, [value]]));

function somebody(dice: Dice, sex: "f" | "m", forename?: string): Made {
  return {
    forename: forename ?? pick(dice, sex === "f" ? GIRLS : BOYS),
    middle: pick(dice, sex === "f" ? MIDDLE_GIRLS : MIDDLE_BOYS),
    surname: pick(dice, SURNAMES),
    // Either may be day or month: an exchange of the two is another date.
    born: `${dice.year - upTo(dice, 15)}-${two(upTo(dice, 6))}-${two(6 + upTo(dice, 6))}`,
    sex,
    postcode: postcode(dice),
  };
}

const sexOf = (dice: Dice) => pick(dice, ["f", "m"] as const);
const otherMiddle = (dice: Dice, { sex, middle }: Made): string =>
  pick(
    dice,
    (sex === "f" ? MIDDLE_GIRLS : MIDDLE_BOYS).filter((name) => name !== middle),
  );
/** Two letters beside each other in the wrong order, where that makes a difference; else one too many. */
function slip(dice: Dice, name: string): string {
  const at = upTo(dice, name.length - 2);
  const [one, other] = [name[at], name[at + 1]];
  return one === other ? `${name}${name.at(-1)}` : `${name.slice(0, at)}${other}${one}${name.slice(at + 2)}`;
}
const exchanged = (born: string): string => `${born.slice(0, 4)}-${born.slice(8)}-${born.slice(5, 7)}`;

type Change = (dice: Dice) => readonly [Made, Made];

const SAME: readonly Change[] = [
  (dice) => {
    const one = somebody(dice, sexOf(dice));
    return [one, { ...one, forename: slip(dice, one.forename) }];
  },
  (dice) => {
    const [long, short, sex] = pick(dice, FAMILIAR);
    const one = somebody(dice, sex, long);
    return [one, { ...one, forename: short }];
  },
  (dice) => {
    const one = somebody(dice, sexOf(dice));
    return [one, { ...one, born: exchanged(one.born) }];
  },
  (dice) => {
    const one = somebody(dice, sexOf(dice));
    return [one, { ...one, postcode: postcode(dice) }];
  },
];

const DIFFERENT: readonly Change[] = [
  (dice) => {
    const [first, second, sex] = pick(dice, TWINS);
    const one = somebody(dice, sex, first);
    return [one, { ...one, forename: second, middle: otherMiddle(dice, one) }];
  },
  (dice) => {
    const one = somebody(dice, sexOf(dice));
    return [one, { ...one, middle: otherMiddle(dice, one), postcode: postcode(dice) }];
  },
];

/** A made-up pair. `chance` answers a number from 0 up to 1; `year` is this year; `outwards` are outward parts of postcodes used in
 *  the area. As many are the same person as are not. */
export function goldPair(dice: Dice): GoldPair {
  const isSame = dice.chance() < 0.5;
  const [left, right] = pick(dice, isSame ? SAME : DIFFERENT)(dice);
  return { left: comparedOf(left), right: comparedOf(right), answer: isSame ? "MATCH" : "NOT_MATCH" };
}

/** How many made-up pairs there are to be among so many open ones: one in fifty, none below twenty. */
export const goldWanted = (open: number): number => (open < 20 ? 0 : Math.max(1, Math.round(open * 0.02)));
