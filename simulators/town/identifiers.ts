// Numbers that are well formed and belong to nobody: NHS numbers from the range never issued, UPNs of invented schools,
// phone numbers kept for drama.

const UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ";

/** Check digit of nine digits (modulus 11), or null where the number does not exist. */
export function nhsCheckDigit(nine: string): number | null {
  let sum = 0;
  for (let at = 0; at < 9; at++) sum += Number(nine[at]) * (10 - at);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? null : check;
}

/** Ten digits, from 999…, with the right check digit: fit for this town and only for it. */
export const isSyntheticNhsNumber = (text: string): boolean =>
  /^999\d{7}$/.test(text) && nhsCheckDigit(text) === Number(text[9]);

/** The numbers that reference material uses for the demo family; nobody else gets them. */
const KEPT = /^9990(123470|246947|370419|740828|864292|987769)$|^9991(111239|234705|481648|605118|728589|852050)$/;

/** Hands out NHS numbers in an order that looks like chance and never repeats; some 900,000 exist. */
export function makeNhsNumbers(): () => string {
  let drawn = 0;
  return function draw(): string {
    if (++drawn >= 1_000_000) throw new RangeError("The town has run out of NHS numbers");
    const nine = `999${String((drawn * 387_421) % 1_000_000).padStart(6, "0")}`;
    const check = nhsCheckDigit(nine);
    return check === null || KEPT.test(nine + check) ? draw() : nine + check;
  };
}

/** Check letter over characters 2 to 13 of a UPN (weights 2 to 13, modulus 23). */
function upnCheckLetter(twelve: string): string {
  let sum = 0;
  for (let at = 0; at < 12; at++) {
    const char = twelve.charAt(at);
    sum += (/\d/.test(char) ? Number(char) : UPN_LETTERS.indexOf(char)) * (at + 2);
  }
  return UPN_LETTERS.charAt(sum % 23);
}

export interface UpnParts {
  laCode: string;
  estab: string;
  /** Year in which it was allocated. */
  year: number;
  serial: number;
  /** Temporary numbers end in a letter. */
  temporary?: boolean;
}

/** A UPN with its check letter. */
export function makeUpn({ laCode, estab, year, serial, temporary = false }: UpnParts): string {
  const tail = temporary
    ? String(Math.floor(serial / 23) % 100).padStart(2, "0") + UPN_LETTERS.charAt(serial % 23)
    : String(serial % 1000).padStart(3, "0");
  const twelve = `${laCode}${estab}${String(year % 100).padStart(2, "0")}${tail}`;
  return upnCheckLetter(twelve) + twelve;
}

/** Right shape and check letter; temporary ones too. */
export const isUpn = (text: string): boolean =>
  /^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$/.test(text) && upnCheckLetter(text.slice(1)) === text[0];

/** 12 digits. The demo family's is 100000000001; the town's begin at 100000010000. */
export const uprn = (count: number): string => String(100_000_010_000 + count);

/** A mobile number from the thousand kept for drama: many people share one, as families do. */
export const mobilePhone = (count: number): string => `07700900${String(count % 1000).padStart(3, "0")}`;

/** A landline from the thousand kept for drama. */
export const landline = (count: number): string => `01632960${String(count % 1000).padStart(3, "0")}`;
