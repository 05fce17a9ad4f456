// The cookie of somebody signed in with a browser, and what proves that a request is a page's of the hub itself. A browser sends
// cookies wherever a page of anybody's tells it to: without that proof a cookie opens nothing.

import type { IncomingHttpHeaders } from "node:http";

/** `__Host-`: browsers take it from this very host only, over https. */
export const cookieName = (hubUrl: string, what: "hub" | "hub-begun"): string =>
  hubUrl.startsWith("https:") ? `__Host-${what}` : what;

/** The cookie of this name. Two of one name are none: one of them was planted. */
export function readCookie(header: string | undefined, name: string): string | null {
  const values = (header ?? "").split(";").flatMap((pair) => {
    const [key = "", value = ""] = pair.trim().split("=", 2);
    return key === name ? [value] : [];
  });
  const [only = ""] = values;
  return values.length === 1 && /^[\w-]{20,100}$/.test(only) ? only : null;
}

/** A `Set-Cookie` header. No script reads it, and no other site's form sends it. */
export const setCookie = (name: string, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${name.startsWith("__Host-") ? "; Secure" : ""}`;

/** Whether a page of the hub itself sends this: as the browser says or, where it does not, as its origin does. A form of a page that
 *  tells nobody where it is, as ours do, has the origin `null`; then only the browser's word counts. */
export function isOwnPage({ "sec-fetch-site": site, origin }: IncomingHttpHeaders, hubUrl: string): boolean {
  const own = new URL(hubUrl).origin;
  if (site === undefined) return origin === own;
  return (site === "same-origin" || site === "none") && (origin === undefined || origin === own || origin === "null");
}

/** Whether it carries what no form and no link of another site can make a browser send without asking the hub first. */
export const isNoForm = (headers: IncomingHttpHeaders): boolean =>
  /^application\/json\b/i.test(headers["content-type"] ?? "") || Boolean(headers["apollo-require-preflight"]);
