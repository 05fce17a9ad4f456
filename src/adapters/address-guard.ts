// Where the hub may connect, whoever named the address: never to what hands out a machine's own secrets, and into private networks only
// where that is allowed. What is checked is what is connected to: a name is looked up once, and its answer is the one that is used.

import { lookup as resolve } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, buildConnector, fetch as fetchBy } from "undici";

export interface AddressRules {
  /** Whether addresses in private networks, this machine among them, may be connected to. */
  readonly allowPrivate: boolean;
}

/** Nothing is connected to there. Its message names no address. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
  readonly code = "PRIVATE_ADDRESS";

  constructor() {
    super("The address is not one that the hub may connect to");
  }
}

/** All that is given out to the public internet as IPv6. */
const GLOBAL = ipaddr.IPv6.parseCIDR("2000::/3");

/** Clouds answer there with the secrets of the machine that asks, and no agency ever does: link-local, and AWS, Google, Azure, Alibaba. */
const NEVER = [
  "169.254.0.0/16",
  "fe80::/10",
  "fd00:ec2::/32",
  "fd20:ce::/32",
  "168.63.129.16/32",
  "100.100.100.200/32",
];
const NEVER_RANGES = NEVER.map((range) => ipaddr.parseCIDR(range));
/** What is no one machine's address. */
const NOBODY = new Set(["unspecified", "broadcast", "multicast"]);

/** Whether this is an address of the public internet. IPv4 written as IPv6 counts as what it means, or as nothing. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const meant = ipaddr.process(address);
  return meant.range() === "unicast" && !isNever(meant) && (meant instanceof ipaddr.IPv4 || meant.match(GLOBAL));
}

const isNever = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  NOBODY.has(address.range()) ||
  NEVER_RANGES.some(([range, bits]) => range.kind() === address.kind() && address.match([range, bits]));

/** IPv4 that hides in IPv6, which some networks translate back. */
function hidden(address: ipaddr.IPv4 | ipaddr.IPv6): string | null {
  if (address instanceof ipaddr.IPv4) return null;
  const bytes = address.toByteArray();
  const range = address.range();
  if (range === "6to4") return bytes.slice(2, 6).join(".");
  return ["rfc6052", "ipv4Mapped"].includes(range) || address.match(ipaddr.IPv6.parseCIDR("::/96"))
    ? bytes.slice(12).join(".")
    : null;
}

export function mayConnect(address: string, { allowPrivate }: AddressRules): boolean {
  if (!allowPrivate) return isPublic(address);
  if (!ipaddr.isValid(address)) return false;
  const meant = ipaddr.process(address);
  if (meant.range() === "loopback") return true;
  const within = hidden(meant);
  return !isNever(meant) && (within === null || mayConnect(within, { allowPrivate }));
}

/** The host of a URL as an address, where it is one. */
export const literal = (hostname: string): string | null => {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) ? bare : null;
};

/** Names that mean this machine wherever they are looked up (RFC 6761, 6.3). */
export const LOCALHOST = /(?:^|\.)localhost\.?$/;

/** Refuses an address that is written as one. A name is refused when it has been looked up. */
export function mustConnect(hostname: string, rules: AddressRules): void {
  const address = literal(hostname);
  if (address !== null && !mayConnect(address, rules)) throw new AddressRefused();
}

/** Resolves as Node does, and refuses a name that leads to any address that is not allowed. */
export const guardedLookup =
  (rules: AddressRules): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, "", 0);
      const [first] = found;
      if (!first || !found.every(({ address }) => mayConnect(address, rules)))
        return callback(new AddressRefused(), "", 0);
      return options.all ? callback(null, found) : callback(null, first.address, first.family);
    });
  };

type Fetch = typeof globalThis.fetch;

function makeGuardedFetch(rules: AddressRules): Fetch {
  const connect = buildConnector({ lookup: guardedLookup(rules), timeout: 10_000 });
  const dispatcher = new Agent({
    // Looked at for each connection: also for one that a redirect or a kept name leads to.
    connect(options, callback) {
      try {
        mustConnect(options.hostname, rules);
      } catch (error) {
        return callback(error as Error, null);
      }
      return connect(options, callback);
    },
  });
  const guarded = (address: string | URL, init: object = {}) => fetchBy(address, { ...init, dispatcher });
  return guarded as unknown as Fetch;
}

const FETCHES = new Map<boolean, Fetch>();

/** `fetch` that connects to nothing it may not. One for each rule, so that connections are shared as `fetch`'s own are. */
export function guardedFetch({ allowPrivate }: AddressRules): Fetch {
  const known = FETCHES.get(allowPrivate) ?? makeGuardedFetch({ allowPrivate });
  FETCHES.set(allowPrivate, known);
  return known;
}
