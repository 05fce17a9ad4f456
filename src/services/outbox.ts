import { outboxEmails } from "../store/outbox.ts";
import type { Hub } from "./hub.ts";

const PAGE = 100;

/** What was emailed while no mail server is set, newest first: for trying the hub out, never where there are real children. */
export const readOutbox = (hub: Hub, before: Date | null) => outboxEmails(hub.db, { most: PAGE, before });
