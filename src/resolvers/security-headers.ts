// What every answer tells a browser: keep nothing, guess nothing, frame nothing, load nothing. A page that needs more names it itself.

import type { FastifyInstance } from "fastify";

/** For answers that are data, and for pages that say nothing else: nothing at all may be loaded or run. */
export const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A policy as a header's text. What is not named is what `default-src 'none'` leaves. */
export const policyOf = (sources: Readonly<Record<string, string>>): string =>
  `${NOTHING}; ${Object.entries(sources)
    .map(([name, allowed]) => `${name} ${allowed}`)
    .join("; ")}`;

const ALWAYS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
  "x-permitted-cross-domain-policies": "none",
};

/** A year, as browsers' own lists ask. */
const HTTPS_ONLY = { "strict-transport-security": "max-age=31536000; includeSubDomains" };

/** Puts them on every answer. `httpsOnly`: where people reach the hub over https. */
export function serveSecurityHeaders(app: FastifyInstance, { httpsOnly }: { readonly httpsOnly: boolean }): void {
  const headers = httpsOnly ? { ...ALWAYS, ...HTTPS_ONLY } : ALWAYS;
  app.addHook("onSend", async (_request, reply) => {
    reply.headers(headers);
    if (!reply.hasHeader("content-security-policy")) reply.header("content-security-policy", NOTHING);
  });
}
