// Names by their sound, to find records to look at. Never evidence: Hartley and Hardly sound the same.

const CODES = new Map(
  ["BFPV", "CGJKQSXZ", "DT", "L", "MN", "R"].flatMap((letters, index) =>
    [...letters].map((letter): [string, string] => [letter, String(index + 1)]),
  ),
);

/** American Soundex, by the rules of the United States National Archives: `Hartley` and `Hartly` are both H634. Accents, spaces
 *  and whatever else is no letter a to z are passed over; empty where nothing is left. */
export function soundex(name: string): string {
  const letters = name
    .normalize("NFD")
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, "");
  let code = letters.slice(0, 1);
  let last = CODES.get(code) ?? "";
  for (const letter of letters.slice(1)) {
    const sound = CODES.get(letter) ?? "";
    if (sound && sound !== last) code += sound;
    // H and W do not part two letters of one sound; a vowel does.
    if (letter !== "H" && letter !== "W") last = sound;
    if (code.length === 4) break;
  }
  return code ? code.padEnd(4, "0") : "";
}
