// The chaos harness itself: it must pass what is well, and find what is not. `npm run chaos` runs more of it.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readPolicies } from "../src/store/policy-files.ts";
import { check } from "./chaos/checker.ts";
import { again, OBLIGATION_ID, REFERRAL_ID, WELL, wellRows } from "./chaos/example.ts";
import type { Rows } from "./chaos/rows.ts";
import { missingServers } from "./chaos/servers.ts";
import { chaosArea } from "./chaos/world.ts";

const { area, national } = readPolicies(new URL("../policies/", import.meta.url), "oxfordshire");
const policies = { area: chaosArea(area), national };

/** `lost 1`, `doubled 2`: what the checker says of rows that were spoilt. */
function found(spoil: (rows: Rows) => Partial<Rows>, journal = WELL): string[] {
  const rows = wellRows();
  const { problems } = check(policies, { ...rows, ...spoil(rows) }, journal);
  return problems.map(({ wrong, count, what }) => `${wrong} ${count}: ${what}`);
}

const of = <Row extends { readonly what: string }>(rows: readonly Row[], what: string) =>
  rows.filter((row) => row.what === what);
const without = <Row>(rows: readonly Row[], row: Row | undefined) => rows.filter((each) => each !== row);

describe("the checker", () => {
  it("finds nothing wrong where everything happened once and in time", () => {
    const { problems, lateness, resent } = check(policies, wellRows(), WELL);
    expect({ problems, resent }).toEqual({ problems: [], resent: 0 });
    expect(lateness.map(({ ms }) => ms)).toEqual([20, 10, 3, 1]);
  });

  it("finds an effect that is missing", () => {
    const missing = found(({ events }) => ({ events: without(events, of(events, "CLIMBED")[2]) }));
    expect(missing).toContain(`lost 1: ${OBLIGATION_ID} chaos-brisk climbed`);
  });

  it("finds an effect that happened twice", () => {
    const doubled = found(({ events }) => ({ events: [...events, again(of(events, "WENT_LATE")[0])] }));
    expect(doubled).toContain(`doubled 1: ${OBLIGATION_ID} chaos-brisk went_late`);
  });

  it("finds an effect that came before its time", () => {
    const early = found(({ events }) => ({
      events: events.map((event) =>
        event.what === "WENT_LATE" ? { ...event, at: new Date(event.dueAt.getTime() - 1) } : event,
      ),
    }));
    expect(early).toEqual([expect.stringMatching(/^early 1: .* 1 ms$/)]);
  });

  it("finds an effect that came after the obligation was met", () => {
    const after = found(({ events, obligations }) => {
      const [late] = of(events, "WENT_LATE");
      const met = { ...again(late), what: "MET" as const, at: new Date(late!.at.getTime() + 100) };
      return { events: [...events, met], obligations: obligations.map((each) => ({ ...each, metAt: met.at })) };
    });
    expect(after).toContain(`doubled 3: ${OBLIGATION_ID} chaos-brisk climbed`);
  });

  it("finds what was told twice, or not at all", () => {
    expect(found(({ messages }) => ({ messages: [...messages, again(messages[0])] }))).toContain(
      `doubled 1: message about ${OBLIGATION_ID}: LATE p-early-help 0`,
    );
    expect(found(({ messages }) => ({ messages: messages.slice(1) }))).toEqual([
      `lost 1: message about ${OBLIGATION_ID}: LATE p-early-help 0`,
    ]);
  });

  it("finds what never left the hub, and counts what left it twice", () => {
    expect(found(({ emails }) => ({ emails: emails.slice(1) }))).toEqual([
      expect.stringMatching(/^lost 1: email of .* \(SENT\)$/),
    ]);
    const rows = wellRows();
    const twice = { ...rows, emails: [...rows.emails, again(rows.emails[0])] };
    expect(check(policies, twice, WELL).resent).toBe(1);
  });

  it("finds a referral that was routed twice, or never", () => {
    expect(found(({ referralSteps }) => ({ referralSteps: [...referralSteps, again(referralSteps[1])] }))).toEqual([
      `doubled 1: referral ${REFERRAL_ID} referral.routed`,
    ]);
    expect(found(({ referralSteps }) => ({ referralSteps: referralSteps.slice(0, 1) }))).toEqual([
      `lost 1: referral ${REFERRAL_ID} referral.routed`,
    ]);
  });

  it("finds work that was acknowledged and is gone", () => {
    const work = { do: "open", owed: [] } as const;
    const journal = { ...WELL, acknowledged: [{ work, ids: ["gone"] }] };
    expect(found(() => ({}), journal)).toEqual(["lost 1: open gone, which was acknowledged"]);
  });

  it("finds a deadline that is not the rule's", () => {
    const moved = new Date(wellRows().obligations[0]!.dueAt.getTime() + 5);
    const wrong = found(({ events }) => ({ events: events.map((event) => ({ ...event, dueAt: moved })) }));
    expect(wrong.some((each) => each.startsWith("wrong 1:"))).toBe(true);
  });
});

const missing = await missingServers();
if (missing.length > 0 && process.env["CI"] === "true") throw new Error(`CI needs ${missing.join(", ")}`);
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Its last line, and its exit code. */
const chaos = (...args: readonly string[]) =>
  new Promise<{ line: string; code: number }>((resolve) => {
    const command = ["--import", "@oxc-node/core/register", "test/chaos/main.ts", ...args];
    execFile(process.execPath, command, { cwd: ROOT }, (error, out) =>
      resolve({ line: out.trim().split("\n").at(-1) ?? "", code: error ? Number(error.code) : 0 }),
    );
  });

// It stops and kills servers of its own, so they must be installed here.
describe.skipIf(missing.length > 0)("chaos", () => {
  it("loses nothing and does nothing twice", { timeout: 180_000 }, async () => {
    const { line, code } = await chaos("--runs", "2", "--seed", "3");
    expect(line).toMatch(/^runs 2 lost 0 doubled 0 latenessP99 \d+ ms /);
    expect(code).toBe(0);
  });

  it("reports what is lost when the sweep is switched off", { timeout: 180_000 }, async () => {
    const { line, code } = await chaos("--runs", "1", "--seed", "1", "--no-sweep");
    expect(line).toMatch(/^runs 1 lost [1-9]\d* /);
    expect(code).toBe(1);
  });
});
