// CP-IS behind its mailbox: keeps who has a plan, and tells the authority who looked. The layout is ours; the real one is not
// published, and the workflow ids are none that are in use.

import { z } from "zod";
import { CPIS_MAILBOX } from "./mesh-auth.ts";
import type { Message, Messages } from "./mesh-messages.ts";
import { isNhsNumber } from "./nhs-number.ts";

const UPLOAD = "HUB_CPIS_UPLOAD";
const NOTIFY = "HUB_CPIS_NOTIFY";
/** As many accesses as the service keeps of each child. */
const ACCESSES_KEPT = 25;

const plan = z.object({
  nhsNumber: z.string().refine(isNhsNumber, "not an NHS number"),
  planType: z.enum(["CPP", "UCPP", "LAC"]),
  startDate: z.iso.date(),
  endDate: z.iso.date().nullable(),
  laCode: z.string().min(1),
  laName: z.string().min(1),
  officeHoursPhone: z.string().min(1),
  edtPhone: z.string().min(1),
  recordVersion: z.int().min(1),
  action: z.enum(["upsert", "delete"]),
});
const access = z.object({ nhsNumber: z.string(), orgOds: z.string(), careSetting: z.string() });
const inactive = z.object({ nhsNumber: z.string(), supersededBy: z.string().nullable().default(null) });

interface Child extends z.infer<typeof plan> {
  /** Whose mailbox uploaded it, and is told. */
  readonly from: string;
  readonly accesses: object[];
}

interface CpisParts {
  readonly now: () => Date;
  readonly send: Messages["send"];
}

/** The service's own store. */
export function makeCpis({ now, send }: CpisParts) {
  const children = new Map<string, Child>();
  const rejected: { messageId: string; line: number; why: string }[] = [];

  function take(line: string, from: string): string | null {
    const read = plan.safeParse(parse(line));
    if (!read.success) return z.prettifyError(read.error);
    const { nhsNumber, planType, recordVersion, action } = read.data;
    const key = `${nhsNumber}/${planType}`;
    const known = children.get(key);
    // Sent again, or overtaken on the way: the newest version stands.
    if (known && known.recordVersion >= recordVersion) return null;
    if (action === "delete") children.delete(key);
    else children.set(key, { ...read.data, from, accesses: known?.accesses ?? [] });
    return null;
  }

  const plansOf = (nhsNumber: string): Child[] =>
    [...children.values()].filter((child) => child.nhsNumber === nhsNumber);

  function notify(to: string, notice: object): void {
    const body = Buffer.from(`${JSON.stringify(notice)}\n`);
    const envelope = { from: CPIS_MAILBOX, to, workflowId: NOTIFY, fileName: null, localId: null, subject: null };
    send({ ...envelope, chunks: 1 }, body);
  }

  return {
    /** A whole message has arrived somewhere; uploads to CP-IS are read at once and acknowledged. */
    receive(message: Message): void {
      if (message.to !== CPIS_MAILBOX) return;
      message.state = "Acknowledged";
      const lines =
        message.workflowId === UPLOAD ? Buffer.concat(message.pieces.filter(isThere)).toString().split("\n") : [];
      lines.forEach((line, at) => {
        const why = line.trim() === "" ? null : take(line, message.from);
        if (why !== null) rejected.push({ messageId: message.id, line: at + 1, why });
      });
    },
    /** For `GET /__sim/cpis`. */
    contents: () => ({ children: [...children.values()], rejected }),
    /** Somebody in unscheduled care looked a child up: kept with the plan, told to whoever uploaded it. */
    access(event: unknown): object {
      const { nhsNumber, orgOds, careSetting } = access.parse(event);
      const plans = plansOf(nhsNumber);
      for (const { planType, from, accesses } of plans) {
        const seen = { accessedAt: now().toISOString(), orgOds, careSetting };
        accesses.push(seen);
        accesses.splice(0, accesses.length - ACCESSES_KEPT);
        notify(from, { type: "ACCESS", nhsNumber, ...seen, planType });
      }
      return { emitted: plans.length > 0 };
    },
    /** A number is no longer used. */
    deactivate(event: unknown): object {
      const { nhsNumber, supersededBy } = inactive.parse(event);
      const told = new Set(plansOf(nhsNumber).map(({ from }) => from));
      for (const from of told) notify(from, { type: "NHS_NUMBER_INACTIVE", nhsNumber, supersededBy });
      return { emitted: told.size > 0 };
    },
    forgetAll(): void {
      children.clear();
      rejected.length = 0;
    },
  };
}

const isThere = (piece: Buffer | undefined): piece is Buffer => piece !== undefined;

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
