// Which addresses an agency may register for being called.

import { literal, LOCALHOST, mayConnect } from "../address-guard.ts";

const MOST = 500;

/** Why this address would never be called, in words that complete "url ..."; null where it would be. */
export function whyNot(text: string, allowPrivate: boolean): string | null {
  // The parser takes them out, and what is called would not be what was written.
  if (/\p{Cc}/u.test(text)) return "must hold no control characters";
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.href.length > MOST) return "must be an address of up to 500 characters";
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:")) return "must begin with https://";
  if (url.username || url.password) return "must hold no user name or password";
  if (url.hash) return "must have no part after a #";
  const address = literal(url.hostname);
  const isHere = !allowPrivate && LOCALHOST.test(url.hostname);
  return isHere || (address !== null && !mayConnect(address, { allowPrivate }))
    ? "must not lie in a private network"
    : null;
}
