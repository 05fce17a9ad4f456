// Schools and whom to ring there. Nothing about children, so it may be kept for a while; children's records never are.

import { LRUCache } from "lru-cache";
import { AgencyFault } from "../agency-fault.ts";
import { settle, type Listed } from "./outcome.ts";
import { Employee, School } from "./wonde-body.ts";
import { PAGE_SIZE, schoolPath, type Reader } from "./wonde-reader.ts";

/** A new safeguarding lead is shown within ten minutes; without this every answer about a child costs two requests more. */
const KEPT_MS = 10 * 60_000;

export interface Staff {
  readonly name: string;
  readonly jobTitle: string;
  readonly phone: string | null;
  readonly email: string | null;
}

export interface SchoolCard {
  /** Null where only its staff could be read. */
  readonly name: string | null;
  readonly phone: string | null;
  readonly safeguardingLead: Staff | null;
  readonly senCoordinator: Staff | null;
}

const LEAD = /designated safeguarding|\bDSL\b/i;
const DEPUTY = /deputy/i;
const SEN_COORDINATOR = /\bSENDCO\b|\bSENCO\b|special educational needs.*co-?ordinator|\bSEND? co-?ordinator/i;

function staffOf({ forename, surname, employment_details, contact_details }: Employee): Staff[] {
  const { current, job_title } = employment_details?.data ?? {};
  const name = [forename, surname].filter(Boolean).join(" ");
  if (!job_title || !name || current === false) return [];
  const { phones, emails } = contact_details?.data ?? {};
  return [{ name, jobTitle: job_title, phone: phones?.work ?? null, email: emails?.work ?? null }];
}

async function readEntry(reader: Reader, school: string): Promise<School> {
  const entry = await reader.one({ path: schoolPath(school, ""), doing: "reading a school" }, School);
  if (!entry) throw new AgencyFault(reader.system, "NOT_FOUND", { doing: "reading a school" });
  return entry;
}

export function makeDirectory() {
  const cards = new LRUCache<string, SchoolCard>({ max: 2_000, ttl: KEPT_MS });
  const names = new LRUCache<string, string>({ max: 2_000, ttl: KEPT_MS });
  const asked = new WeakMap<Reader, Map<string, Promise<School>>>();

  /** The school's own word, never an earlier call's; once for each call, whoever wants it. */
  function entryOf(reader: Reader, school: string): Promise<School> {
    const entries = asked.get(reader) ?? new Map<string, Promise<School>>();
    asked.set(reader, entries);
    const entry = entries.get(school) ?? readEntry(reader, school);
    entries.set(school, entry);
    return entry;
  }

  /** The school's entry, as far as it could be read. Two requests where it is not known yet. Never throws. */
  async function card(reader: Reader, school: string): Promise<Listed<SchoolCard>> {
    const known = cards.get(school);
    if (known) return { items: [known], fault: null };
    const include = { include: "employment_details,contact_details", per_page: String(PAGE_SIZE), cursor: "true" };
    const doing = "reading a school's staff";
    const [entry, employees] = await Promise.all([
      settle(reader.system, entryOf(reader, school)),
      reader.list({ path: schoolPath(school, "/employees", include), doing }),
    ]);
    const { items, fault } = reader.parseAll(Employee, employees, doing);
    const staff = items.flatMap(staffOf);
    const leads = staff.filter(({ jobTitle }) => LEAD.test(jobTitle));
    const made: SchoolCard = {
      name: entry.ok ? entry.value.name : null,
      phone: entry.ok ? (entry.value.phone_number ?? null) : null,
      safeguardingLead: leads.find(({ jobTitle }) => !DEPUTY.test(jobTitle)) ?? leads[0] ?? null,
      senCoordinator: staff.find(({ jobTitle }) => SEN_COORDINATOR.test(jobTitle)) ?? null,
    };
    if (entry.ok && !fault) {
      cards.set(school, made);
      names.set(school, entry.value.name);
      return { items: [made], fault: null };
    }
    const worth = made.name !== null || made.safeguardingLead !== null;
    return { items: worth ? [made] : [], fault: entry.ok ? fault : entry.fault };
  }

  /** The school's name; one request where it is not known yet. */
  async function name(reader: Reader, school: string): Promise<string> {
    const known = names.get(school);
    if (known !== undefined) return known;
    const entry = await entryOf(reader, school);
    names.set(school, entry.name);
    return entry.name;
  }

  return { card, name, entryOf, remember: ({ id, name }: School) => void names.set(id, name) };
}

export type Directory = ReturnType<typeof makeDirectory>;
