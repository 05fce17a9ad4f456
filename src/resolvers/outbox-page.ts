// What would have been emailed, as a page: for trying the hub out. It needs no script and loads nothing.

import type { FastifyInstance } from "fastify";
import type { Hub } from "../services/hub.ts";
import { readOutbox } from "../services/outbox.ts";
import { escape, pageOf, sendPage } from "./page.ts";

type Email = Awaited<ReturnType<typeof readOutbox>>[number];

/** Made by the hub itself, so that only its own addresses become links. */
const linked = (text: string, hubUrl: string): string =>
  escape(text).replaceAll(/https?:\/\/\S+/g, (url) =>
    url.startsWith(`${hubUrl}/`) ? `<a href="${url}">${url}</a>` : url,
  );

const article = ({ to, subject, body, at }: Email, hubUrl: string): string => `<li><article>
<h2>${escape(subject)}</h2>
<p>To ${escape(to)}, <time datetime="${at.toISOString()}">${at.toISOString().slice(0, 16).replace("T", " ")} UTC</time></p>
<pre>${linked(body, escape(hubUrl))}</pre>
</article></li>`;

const page = (emails: readonly Email[], hubUrl: string): string =>
  pageOf(
    "Outbox",
    `<p>No mail server is set (<code>SMTP_URL</code>): what would have been emailed is shown here, newest first.</p>
${emails.length > 0 ? `<ol>${emails.map((email) => article(email, hubUrl)).join("\n")}</ol>` : "<p>Nothing has been sent.</p>"}
${emails.length > 0 ? `<nav aria-label="Pages"><a href="?before=${emails.at(-1)?.at.getTime() ?? ""}">Older</a></nav>` : ""}`,
  );

/** Serves the outbox at GET /outbox. Only where no mail server is set, and never in production. */
export function serveOutbox(app: FastifyInstance, hub: Hub): void {
  app.get<{ Querystring: { before?: string } }>("/outbox", async ({ query }, reply) => {
    const before = /^\d{1,14}$/.test(query.before ?? "") ? new Date(Number(query.before)) : null;
    await sendPage(reply, page(await readOutbox(hub, before), hub.publicUrl));
  });
}
