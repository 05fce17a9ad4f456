// Where the link in an email leads. It says nothing about the message, not even whether there is one: messages are read signed in.

import type { FastifyInstance } from "fastify";
import { pageOf, sendPage } from "./page.ts";

const BODY = `<p>Something about a case needs you. What it is stands in your inbox in the hub, and nowhere else.</p>
<p>Open the system that you use for safeguarding and read your messages there. Somebody who works with the hub's own interface asks
<code>myMessages</code>, and says <code>readMessage</code> and <code>actOnMessage</code> with the number at the end of this page's address.</p>
<p>If a child is in immediate danger, ring 999. Do not wait for a message.</p>`;

/** Serves GET /messages/:id: the same page for every id. */
export function serveMessagePage(app: FastifyInstance): void {
  app.get("/messages/:id", async (_request, reply) => {
    await sendPage(reply, pageOf("You have a message", BODY));
  });
}
