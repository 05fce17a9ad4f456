/** A name as an agency's own search compares it: case, accents, spaces, hyphens and apostrophes aside. */
export const plainName = (name: string): string =>
  name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
