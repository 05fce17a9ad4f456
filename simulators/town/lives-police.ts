// Notices the police send after they have met a family: who was there as an officer heard and spelt it at the door.

import { everySo, liveTogether, type Files } from "./files.ts";
import { addDays, atTime } from "./days.ts";
import type { Random } from "./random.ts";
import { nameThem, NOTICE_KINDS, type NoticeKind } from "./notice-people.ts";
import type { Address, PoliceNotice, Resident } from "./types.ts";

/** Shares of families with notices: known to social care, and not. */
const KNOWN = 0.6;
const OTHERS = 0.03;

const VOICES = [
  "It was loud.",
  "I want to stay with my nan.",
  "I was asleep.",
  "I did not want to talk about it.",
  null,
  null,
];
const FORCES = { OX: 990, OL: 991 };

export function tellPolice(files: Files): void {
  const { household, build } = files;
  const random = build.random.stream("police").stream(household.index);
  const known = files.socialCare.size > 0 && household.kind !== "ADOPTION";
  if (!random.chance(known ? KNOWN : OTHERS)) return;
  for (
    let times = random.weighted([
      [1, 60],
      [2, 28],
      [3, 12],
    ]);
    times > 0;
    times--
  ) {
    const notice = makeNotice(files, random);
    if (!notice) return;
    build.part.police.push(notice);
    if (everySo(build, "amended", 12)) amend(files, random, notice);
  }
}

function makeNotice(files: Files, random: Random): PoliceNotice | null {
  const { household, build } = files;
  const { until } = build.settings;
  const present = peopleAt(files, random);
  const children = present.filter(({ child }) => child);
  const adults = present.filter(({ child }) => !child);
  const kind = children.length > 0 ? random.weighted<NoticeKind>(NOTICE_KINDS) : NOTICE_KINDS[0][0];
  const address = addressOf(files, present[0]);
  if (!address || (adults.length === 0 && children.length === 0)) return null;
  const on = addDays(until, -random.int(1, 1_000));
  const submissionId = `PPN-${on.slice(0, 4)}-${1_000_000 + build.count("ppn")}`;
  const serious = random.next();
  return {
    submissionId,
    logNumber: `43${on.slice(2, 4)}0${100_000 + build.count("log")}`,
    amends: null,
    forceIdentifier: FORCES[household.family.area],
    ppnType: kind.ppnType,
    trigger: kind.trigger,
    riskGrading: serious < 0.12 ? "HIGH" : serious < 0.5 ? "MEDIUM" : "LOW",
    dashRisk:
      kind.trigger === "DOMESTIC_ABUSE" ? (serious < 0.12 ? "HIGH" : serious < 0.4 ? "MEDIUM" : "STANDARD") : null,
    handlingCode: everySo(build, "handled-c", 15) ? "C1" : "P1",
    description: kind.text,
    happenedAt: atTime(on, `${random.pick(["19", "20", "21", "22", "23"])}:${random.int(10, 59)}:00`),
    submittedAt: atTime(
      addDays(on, 1) > until ? on : addDays(on, 1),
      addDays(on, 1) > until ? "23:59:59" : `0${random.int(5, 9)}:${random.int(10, 59)}:00`,
    ),
    address,
    officer: { collar: String(random.int(1000, 9999)), unit: `Response ${random.pick(["A", "B", "C", "D"])}` },
    voiceOfChild: children.length > 0 ? random.pick(VOICES) : null,
    encompassSent: random.chance(0.7),
    people: nameThem(files, random, {
      submissionId,
      kind,
      adults,
      children: children.filter(({ bornOn }) => (bornOn ?? "") <= on),
      on,
    }),
  };
}

/** Those who live under one roof; hidden families and closed identities are in no notice. */
function peopleAt({ household }: Files, random: Random): Resident[] {
  const { residents } = household.family;
  const here = residents.filter((one) => one.homes.some(({ until }) => until === null) && one.restriction === null);
  const first = here.find(({ child }) => child) ?? here[0];
  return first
    ? here.filter((one) => one === first || (liveTogether(one, first) && random.chance(one.child ? 0.85 : 0.95)))
    : [];
}

function addressOf({ build }: Files, resident: Resident | undefined): Address | null {
  return build.addresses.get(resident?.homes.find(({ until }) => until === null)?.addressId ?? "") ?? null;
}

/** The same incident sent again some days later, under the same log number, with a grading corrected. */
function amend(files: Files, random: Random, notice: PoliceNotice): void {
  const { build } = files;
  const day = addDays(notice.submittedAt.slice(0, 10), random.int(1, 6));
  if (day > build.settings.until) return;
  const submissionId = `PPN-${day.slice(0, 4)}-${1_000_000 + build.count("ppn")}`;
  const people = structuredClone(notice.people);
  build.part.police.push({
    ...notice,
    submissionId,
    amends: notice.submissionId,
    riskGrading: notice.riskGrading === "LOW" ? "MEDIUM" : "HIGH",
    submittedAt: atTime(day, "08:00:00"),
    people,
  });
  const before = `${notice.submissionId}.`;
  for (const { id } of people) {
    const row = build.part.truth.findLast(({ recordId }) => recordId === before + id);
    if (row) build.part.truth.push({ ...row, recordId: `${submissionId}.${id}` });
  }
}
