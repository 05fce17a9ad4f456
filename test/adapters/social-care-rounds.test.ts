// Many people asking at once cost the council's database little more than one does.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PARTS } from "../../src/domain/absence.ts";
import { startSocialCare, type SocialCareWorld } from "../support/social-care-world.ts";
import { call } from "./contract.ts";

describe("questions asked side by side", () => {
  let world: SocialCareWorld;
  beforeAll(async () => {
    world = await startSocialCare("embedded");
  });
  afterAll(() => world.close());

  const about = (recordId: string, signal?: AbortSignal) =>
    world.system.ask({ recordIds: [recordId], parts: PARTS }, call(signal));
  const twenty = Array.from({ length: 20 }, (_, at) => `T-${100 + at}`);

  it("are each answered as if asked alone", async () => {
    const alone = [];
    for (const recordId of twenty.slice(0, 4)) alone.push(await about(recordId));
    const together = await Promise.all(twenty.map((recordId) => about(recordId)));
    expect(together.slice(0, 4)).toEqual(alone);
    expect(together.map(([answer]) => answer!.recordId)).toEqual(twenty);
    for (const [answer] of together) expect(answer!.events.status).toBe("RECORDED");
  });

  it("share their statements", async () => {
    await world.statements();
    await about("T-100");
    const one = (await world.statements()).length;
    await Promise.all(twenty.map((recordId) => about(recordId)));
    expect((await world.statements()).length).toBeLessThanOrEqual(3 * one);
  });

  it("let one caller leave without losing the others", async () => {
    const leaves = new AbortController();
    const answers = twenty.map((recordId, at) => about(recordId, at === 7 ? leaves.signal : undefined));
    leaves.abort();
    const statuses = (await Promise.all(answers)).map(([answer]) => answer!.states);
    expect(statuses[7]).toMatchObject({ status: "DID_NOT_ANSWER", fault: "CANCELLED" });
    expect(statuses.filter(({ status }) => status === "DID_NOT_ANSWER")).toHaveLength(1);
  });

  it("keep apart those who ask for different parts", async () => {
    const answers = await Promise.all(
      twenty.map((recordId, at) => world.system.ask({ recordIds: [recordId], parts: [PARTS[at % 5]!] }, call())),
    );
    for (const [at, [answer]] of answers.entries()) {
      const asked = [answer!.demographics, answer!.relationships, answer!.involvements, answer!.states, answer!.events];
      expect(asked.map(({ status }) => status === "NOT_ASKED")).toEqual(PARTS.map((_, part) => part !== at % 5));
    }
  });
});
