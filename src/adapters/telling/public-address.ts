// Which addresses the hub calls when an agency names one: none inside anybody's network, however it is written or resolved.

import { lookup as resolve } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Undelivered } from "../../domain/message.ts";

/** All that is given out to the public internet as IPv6. */
const GLOBAL = ipaddr.IPv6.parseCIDR("2000::/3");

/** Whether this is an address of the public internet. IPv4 written as IPv6 counts as what it means, or as nothing. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const meant = ipaddr.process(address);
  return meant.range() === "unicast" && (meant instanceof ipaddr.IPv4 || meant.match(GLOBAL));
}

/** The host of a URL as an address, where it is one. */
const literal = ({ hostname }: URL): string | null => {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) ? bare : null;
};

/** Names that mean this machine wherever they are looked up (RFC 6761, 6.3). */
const LOCALHOST = /(?:^|\.)localhost\.?$/;

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
  const address = literal(url);
  const isHere = LOCALHOST.test(url.hostname) || (address !== null && !isPublic(address));
  return !allowPrivate && isHere ? "must not lie in a private network" : null;
}

/** Resolves as Node does, and refuses a name that leads to any private address: what is checked is what is connected to. */
export const publicOnly: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, "", 0);
    const [first] = found;
    if (!first || !found.every(({ address }) => isPublic(address)))
      return callback(new Undelivered("PRIVATE_ADDRESS"), "", 0);
    return options.all ? callback(null, found) : callback(null, first.address, first.family);
  });
};
