import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { sha256 } from "../../src/adapters/police/canonical.ts";
import { answerIncident } from "../../src/adapters/police/incidents-route.ts";
import { documentOf } from "../../simulators/police/incident-document.ts";
import { makePoliceSimulator } from "../../simulators/police/police-simulator.ts";
import { makePushWorker } from "../../simulators/police/push-worker.ts";
import { makeTown } from "../../simulators/town/town.ts";
import { memoryInbox } from "../support/police-inbox.ts";
import { aNotice, aTown, FORCE } from "../support/police-town.ts";

const CLIENT = { clientId: "force-990", secret: "a long secret" };
const READER = {
  "x-client-id": "sim-police",
  "x-client-secret": "sim-police-secret",
  "x-access-purpose": "children-act-1989-s47",
};
const NO_PAUSES = [0, 0, 0, 0, 0, 0];
const open: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** A hub's entrance on a real socket that first answers with `failures`. */
async function makeHub(failures: number[] = []) {
  const hub = Fastify();
  open.push(hub);
  const inbox = memoryInbox();
  const statuses: number[] = [];
  let ids = 0;
  hub.removeAllContentTypeParsers();
  hub.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  hub.post("/incidents", async ({ headers, body }, reply) => {
    const failure = failures.shift();
    const credentials = [{ clientId: CLIENT.clientId, secretSha256: sha256(CLIENT.secret), forceIdentifier: FORCE }];
    const answer = failure
      ? { status: failure, headers: {}, body: {} }
      : await answerIncident({
          headers,
          body: body as Buffer,
          inbox,
          credentials,
          now: () => new Date(),
          newId: () => `hub-${(ids += 1)}`,
        });
    statuses.push(answer.status);
    return reply.code(answer.status).headers(answer.headers).send(JSON.stringify(answer.body));
  });
  return { url: new URL(await hub.listen({ host: "127.0.0.1", port: 0 })), inbox, statuses };
}

describe("the force's push worker", () => {
  it("tries again until the hub has the notice", async () => {
    const { url, inbox, statuses } = await makeHub([503, 500]);
    const worker = makePushWorker({ url, ...CLIENT, backOffMs: NO_PAUSES });
    const notice = aNotice();
    expect(await worker.push(notice.submissionId, documentOf(notice))).toEqual({
      submissionId: notice.submissionId,
      state: "SENT",
      attempts: 3,
      status: 201,
    });
    expect(statuses).toEqual([503, 500, 201]);
    expect(inbox.entries).toHaveLength(1);
  });

  it("falls back to e-mail after six more attempts", async () => {
    const { url } = await makeHub([503, 503, 503, 503, 503, 503, 503]);
    const lines: string[] = [];
    const worker = makePushWorker({ url, ...CLIENT, backOffMs: NO_PAUSES, log: (line) => lines.push(line) });
    const push = await worker.push("PPN-2026-0100000", documentOf(aNotice()));
    expect(push).toMatchObject({ state: "EMAIL_FALLBACK", attempts: 7 });
    expect(lines).toEqual(["EMAIL_FALLBACK PPN-2026-0100000"]);
  });

  it("does not repeat what was refused for good", async () => {
    const { url, statuses } = await makeHub();
    const worker = makePushWorker({ url, ...CLIENT, secret: "wrong", backOffMs: NO_PAUSES });
    const push = await worker.push("PPN-2026-0100000", documentOf(aNotice()));
    expect(push).toMatchObject({ state: "REFUSED", attempts: 1, status: 401 });
    expect(statuses).toEqual([401]);
  });

  it("tries again where nobody listens", async () => {
    const { url } = await makeHub();
    await open.pop()!.close();
    const worker = makePushWorker({ url, ...CLIENT, backOffMs: [0], log: () => {} });
    const push = await worker.push("PPN-2026-0100000", documentOf(aNotice()));
    expect(push).toMatchObject({ state: "EMAIL_FALLBACK", attempts: 2, status: null });
  });
});

describe("the force, once it listens", () => {
  async function makeForce(url: URL, replayEvery: number) {
    const town = aTown([aNotice()]);
    const force = await makePoliceSimulator(town, { pushTo: { url, ...CLIENT, backOffMs: NO_PAUSES }, replayEvery });
    open.push(force);
    await force.listen({ host: "127.0.0.1", port: 0 });
    const progress = async () =>
      (await force.inject("/__sim/pushes")).json() as { total: number; counts: Record<string, number> };
    const sent = (total: number) =>
      expect.poll(progress, { timeout: 10_000 }).toMatchObject({ total, counts: { SENT: total } });
    return { force, town, progress, sent };
  }

  it("sends every notice, and some twice", async () => {
    const { url, inbox, statuses } = await makeHub();
    const { town, sent } = await makeForce(url, 2);
    await sent(town.police.length + 2);
    expect(inbox.entries.map(({ submissionId }) => submissionId).sort()).toEqual(
      town.police.map(({ submissionId }) => submissionId).sort(),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);
  });

  it("sends what happens later, amendments and mistakes too", async () => {
    const { url, inbox, statuses } = await makeHub();
    const { force, town, sent, progress } = await makeForce(url, 0);
    await sent(town.police.length);
    const { submissionId } = aNotice();
    const emit = async (payload: object) =>
      (await force.inject({ method: "POST", url: "/__sim/emit", payload })).json() as { submissionId: string };
    const amendment = await emit({ amend: submissionId, with: { riskGrading: "HIGH" } });
    await sent(town.police.length + 1);
    expect(inbox.entries.at(-1)).toMatchObject({
      submissionId: amendment.submissionId,
      logNumber: aNotice().logNumber,
    });
    await emit({ like: submissionId });
    await emit({ replay: submissionId });
    await sent(town.police.length + 3);
    await emit({ duplicate: submissionId });
    await expect.poll(progress, { timeout: 10_000 }).toMatchObject({ counts: { REFUSED: 1 } });
    expect(statuses.at(-1)).toBe(409);
    expect(inbox.entries).toHaveLength(town.police.length + 2);
  });

  it("sends a new town's notices once it is made anew", async () => {
    const { url, inbox } = await makeHub();
    const { force, town, sent } = await makeForce(url, 0);
    await sent(town.police.length);
    const payload = { children: 60, seed: 11, until: "2026-03-02" };
    expect((await force.inject({ method: "POST", url: "/__sim/seed", payload })).statusCode).toBe(200);
    const wanted = makeTown(payload).police.filter(({ forceIdentifier }) => forceIdentifier === FORCE);
    await expect
      .poll(() => inbox.entries.map(({ submissionId }) => submissionId), { timeout: 10_000 })
      .toEqual(expect.arrayContaining(wanted.map(({ submissionId }) => submissionId)));
    expect(
      (await force.inject({ url: "/incidents?filter[submissionId]=PPN-2026-0100000", headers: READER })).json(),
    ).toMatchObject({ data: [] });
  });

  it("hides its read side from strangers and from the purposeless", async () => {
    const { force } = await makeForce(new URL("http://127.0.0.1:9"), 0);
    const ask = async (headers: Record<string, string>, query = "") =>
      (await force.inject({ url: `/incidents${query}`, headers })).statusCode;
    const { "x-access-purpose": _purpose, ...known } = READER;
    const full = READER;
    expect(await ask({})).toBe(401);
    expect(await ask(known)).toBe(403);
    expect(await ask(full)).toBe(200);
    expect(await ask(full, "?page[size]=1000")).toBe(400);
    expect(await ask(full, "?filter[height]=180")).toBe(400);
  });

  it("pages through what it holds, each notice once", async () => {
    const { force, town } = await makeForce(new URL("http://127.0.0.1:9"), 0);
    const headers = READER;
    const seen: string[] = [];
    let next: string | null = "/incidents?page[size]=1&include=submission";
    while (next) {
      const body: { data: { id: string }[]; links: { next: string | null } } = (
        await force.inject({ url: next, headers })
      ).json();
      seen.push(...body.data.map(({ id }) => id));
      ({ next } = body.links);
    }
    expect(seen.sort()).toEqual(town.police.map(({ submissionId }) => `inc-${submissionId}`).sort());
  });
});
