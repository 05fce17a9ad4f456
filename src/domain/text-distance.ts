// How alike two texts are, in the two ways that records are compared by. Called millions of times: neither makes anything new
// on the heap, so both work in room that is kept between calls.

let room = 256;
let takenA = new Uint8Array(room);
let takenB = new Uint8Array(room);
let rows = [new Uint16Array(room), new Uint16Array(room), new Uint16Array(room)] as const;

/** Room for texts of this length. Longer than a name ever is, it is made anew. */
function makeRoom(length: number): void {
  if (length < room) return;
  room = 2 * length;
  [takenA, takenB] = [new Uint8Array(room), new Uint8Array(room)];
  rows = [new Uint16Array(room), new Uint16Array(room), new Uint16Array(room)] as const;
}

/** Letters that both have, not too far from the same place, and how many of them stand in another order. Jaro 1989. */
function jaro(a: string, b: string): number {
  const reach = Math.max((Math.max(a.length, b.length) >> 1) - 1, 0);
  takenA.fill(0, 0, a.length);
  takenB.fill(0, 0, b.length);
  let shared = 0;
  for (let at = 0; at < a.length; at += 1) {
    const letter = a.charCodeAt(at);
    const until = Math.min(at + reach + 1, b.length);
    for (let to = Math.max(at - reach, 0); to < until; to += 1) {
      if (takenB[to] === 1 || b.charCodeAt(to) !== letter) continue;
      takenA[at] = takenB[to] = 1;
      shared += 1;
      break;
    }
  }
  if (shared === 0) return 0;
  let outOfOrder = 0;
  for (let at = 0, to = 0; at < a.length; at += 1) {
    if (takenA[at] === 0) continue;
    while (takenB[to] === 0) to += 1;
    if (a.charCodeAt(at) !== b.charCodeAt(to)) outOfOrder += 1;
    to += 1;
  }
  return (shared / a.length + shared / b.length + (shared - outOfOrder / 2) / shared) / 3;
}

/** How alike two names are, 0 (nothing in common) to 1 (the same): Jaro's measure, raised for up to four first letters in
 *  common by a tenth each of what is missing, because people seldom mistake how a name begins. Winkler 1990. An empty text is
 *  like nothing but itself. Either way round it is the same. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length === 0 || b.length === 0) return 0;
  makeRoom(Math.max(a.length, b.length));
  // The greedy pairing of letters is not quite the same both ways round; the shorter always goes first, so the answer is.
  const [first, second] = a.length < b.length || (a.length === b.length && a < b) ? [a, b] : [b, a];
  const alike = jaro(first, second);
  let start = 0;
  while (start < 4 && start < first.length && first.charCodeAt(start) === second.charCodeAt(start)) start += 1;
  return alike + start * 0.1 * (1 - alike);
}

/** How many slips of the keyboard lie between two texts: a character wrong, missing, too many, or two neighbours in the wrong
 *  order, none of them edited twice ("optimal string alignment"). Counts to `most` only: anything more is `most + 1`. */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  let [start, endA, endB] = [0, a.length, b.length];
  // What both begin or end with costs nothing.
  while (endA > 0 && endB > 0 && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA -= 1;
    endB -= 1;
  }
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  const [lengthA, lengthB] = [endA - start, endB - start];
  if (Math.abs(lengthA - lengthB) > most) return most + 1;
  if (lengthA === 0 || lengthB === 0) return Math.max(lengthA, lengthB);
  makeRoom(lengthB + 1);
  let [before, above, row] = rows as readonly Uint16Array[] as [Uint16Array, Uint16Array, Uint16Array];
  for (let to = 0; to <= lengthB; to += 1) above[to] = to;
  for (let at = 1; at <= lengthA; at += 1) {
    const letter = a.charCodeAt(start + at - 1);
    let least = (row[0] = at);
    for (let to = 1; to <= lengthB; to += 1) {
      const other = b.charCodeAt(start + to - 1);
      let cost = (above[to - 1] ?? 0) + (letter === other ? 0 : 1);
      cost = Math.min(cost, (above[to] ?? 0) + 1, (row[to - 1] ?? 0) + 1);
      if (at > 1 && to > 1 && letter === b.charCodeAt(start + to - 2) && other === a.charCodeAt(start + at - 2))
        cost = Math.min(cost, (before[to - 2] ?? 0) + 1);
      row[to] = cost;
      if (cost < least) least = cost;
    }
    // One row alone may be passed by an exchange of neighbours, two may not.
    if (least > most + 1) return most + 1;
    [before, above, row] = [above, row, before];
  }
  return Math.min(above[lengthB] ?? 0, most + 1);
}
