// The few pages that the hub serves itself. They need no script and load nothing.

import { createHash } from "node:crypto";
import type { FastifyReply } from "fastify";
import { policyOf } from "./security-headers.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand in a page. */
export const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? "");

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}ol{list-style:none;padding:0}
article{border-top:1px solid #767676}pre{white-space:pre-wrap;overflow-wrap:anywhere}`;

/** A page's own style, by its hash: no other is taken. */
export const STYLE_SOURCE = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;

/** A whole page around this body, which is HTML. */
export const pageOf = (title: string, body: string): string => `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>
<style>${STYLE}</style></head>
<body><main>
<h1>${escape(title)}</h1>
${body}
</main></body></html>
`;

const POLICY = policyOf({ "style-src": STYLE_SOURCE });

/** Sends a page that nobody frames, that runs no script, and that tells no other site where its reader came from. */
export const sendPage = (reply: FastifyReply, html: string, policy: string = POLICY): FastifyReply =>
  reply.type("text/html; charset=utf-8").header("content-security-policy", policy).send(html);
