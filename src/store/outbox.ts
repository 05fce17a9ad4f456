// Where email goes that no mail server is set for: a table, shown on the outbox page.

import { type DataSource, LessThan } from "typeorm";
import { insertNew } from "./insert.ts";
import { OutboxEmailRow } from "./rows-clocks.ts";

interface Email {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: Date;
}

/** Takes email as a mail server would; one sent again under its id is there once. */
export const makeOutbox = (db: DataSource) => ({
  email: ({ id, to, subject, text, at }: Email): Promise<void> =>
    insertNew(db.manager, OutboxEmailRow, [{ id, to, subject, body: text, at }]),
  close: (): void => {},
});

/** Newest first; those before this instant where one is given. */
export const outboxEmails = (db: DataSource, { most, before }: { most: number; before: Date | null }) =>
  db.manager.find(OutboxEmailRow, {
    ...(before && { where: { at: LessThan(before) } }),
    order: { at: "DESC", id: "DESC" },
    take: most,
  });
