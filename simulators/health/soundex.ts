const CODES: Record<string, string> = {};
for (const [letters, code] of [
  ["BFPV", "1"],
  ["CGJKQSXZ", "2"],
  ["DT", "3"],
  ["L", "4"],
  ["MN", "5"],
  ["R", "6"],
] as const)
  for (const letter of letters) CODES[letter] = code;

/** Soundex, by which PDS's fuzzy search takes Hartley and Hartly for the same name. Empty for a name without letters. */
export function soundex(name: string): string {
  const letters = name
    .normalize("NFD")
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, "");
  let coded = letters.slice(0, 1);
  let last = CODES[coded] ?? "";
  for (const letter of letters.slice(1)) {
    const code = CODES[letter] ?? "";
    if (code !== "" && code !== last) coded += code;
    // H and W do not part two letters of one sound; vowels do.
    if (letter !== "H" && letter !== "W") last = code;
  }
  return coded === "" ? "" : coded.padEnd(4, "0").slice(0, 4);
}
