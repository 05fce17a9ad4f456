// Where people live: invented streets in two areas, with postcodes nobody has been given.

import { uprn } from "./identifiers.ts";
import type { Area } from "./names.ts";
import type { Random } from "./random.ts";
import type { Address } from "./types.ts";

const STEMS =
  "Quillon Tallow Fennimore Hobbin Marrowby Thistledown Ockenshaw Penhallow Wetherlam Brackenfold Copperas Dunnock Eastling " +
  "Foxmere Garnethill Hollinsend Ivelbrook Jessamine Kestrelton Lintwhite Mossgarth Nettlecombe Oxlip Pipistrelle Quernmore " +
  "Rushbeck Saltersford Teaselham Umberly Vetchfield Wrenthorn Yarrowdale Alderwick Bobbinmill Cinderhill Doffermoor Elmscar " +
  "Flaxenby Gorsewater Heddleside";
const SUFFIXES = ["Row", "Lane", "Close", "Street", "Way", "Road", "Terrace", "Gardens"];
const TOWNS: Record<Area, readonly (readonly [string, number])[]> = {
  OX: [
    ["Oxford", 40],
    ["Banbury", 18],
    ["Abingdon", 12],
    ["Bicester", 12],
    ["Witney", 10],
    ["Didcot", 8],
  ],
  OL: [
    ["Oldham", 55],
    ["Chadderton", 15],
    ["Royton", 10],
    ["Failsworth", 10],
    ["Shaw", 10],
  ],
};
const COUNTIES: Record<Area, string> = { OX: "Oxfordshire", OL: "Greater Manchester" };
const LETTERS = "ABDEFGHJLNPQRSTUWXYZ";
const STREETS = STEMS.split(" ").flatMap((stem) => SUFFIXES.map((suffix) => `${stem} ${suffix}`));
/** Households to a postcode, about as in life. */
const HOMES_A_POSTCODE = 15;
const MOST_POSTCODES = 4_000;

interface Place {
  street: string;
  town: string;
  postcode: string;
  nextHouse: number;
  /** A block with flats left in it. */
  block: { house: string; nextFlat: number } | null;
}

export interface Streets {
  /** A home that nobody in the story has lived in. */
  newHome(random: Random, area: Area): Address;
}

const postcodeOf = (area: Area, index: number): string => {
  const spread = (index * 1_237) % MOST_POSTCODES;
  return `${area}99 ${Math.floor(spread / 400)}${LETTERS.charAt(Math.floor(spread / 20) % 20)}${LETTERS.charAt(spread % 20)}`;
};

/** Streets enough for this many children. */
export function makeStreets(random: Random, children: number): Streets {
  const count = Math.min(MOST_POSTCODES, Math.max(8, Math.ceil(children / HOMES_A_POSTCODE / 2)));
  const placesOf = (area: Area): Place[] => {
    const names = random.stream(area).shuffle(STREETS);
    return Array.from({ length: count }, (_, index) => ({
      street: names[index % names.length] ?? "",
      town: random.stream(`${area}${index}`).weighted(TOWNS[area]),
      postcode: postcodeOf(area, index),
      nextHouse: 1,
      block: null,
    }));
  };
  const places: Record<Area, Place[]> = { OX: placesOf("OX"), OL: placesOf("OL") };
  let homes = 0;
  return {
    newHome(random, area) {
      const place = random.pick(places[area]);
      homes += 1;
      return {
        id: `adr-${String(homes).padStart(6, "0")}`,
        house: random.next() < 0.16 ? flatIn(place) : houseIn(place),
        street: place.street,
        town: place.town,
        county: COUNTIES[area],
        postcode: place.postcode,
        uprn: uprn(homes),
      };
    },
  };
}

function houseIn(place: Place): string {
  place.nextHouse += 1;
  return String(place.nextHouse);
}

/** Six flats to a block, filled one after the other. */
function flatIn(place: Place): string {
  const block = place.block ?? { house: houseIn(place), nextFlat: 1 };
  const flat = `Flat ${block.nextFlat}, ${block.house}`;
  block.nextFlat += 1;
  place.block = block.nextFlat > 6 ? null : block;
  return flat;
}
