import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANES, makeLane } from "../../src/adapters/lane.ts";
import { sha256 } from "../../src/adapters/police/canonical.ts";
import { answerIncident } from "../../src/adapters/police/incidents-route.ts";
import { makePolice } from "../../src/adapters/police/police.ts";
import type { ClientCertificate } from "../../src/adapters/police/tls-fetch.ts";
import { PARTS } from "../../src/domain/absence.ts";
import { documentOf } from "../../simulators/police/incident-document.ts";
import { makePoliceSimulator, POLICE_CLIENT } from "../../simulators/police/police-simulator.ts";
import { makePushWorker } from "../../simulators/police/push-worker.ts";
import { makeAuthority } from "../support/police-certificates.ts";
import { memoryInbox } from "../support/police-inbox.ts";
import { aNotice, aTown, FORCE } from "../support/police-town.ts";
import { call } from "./contract.ts";

const CLIENT = { clientId: "force-990", secret: "a long secret" };
const SETTINGS = { ...LANES.police, retries: 0, breakAfter: 1_000_000 };
const RECORD = `${aNotice().submissionId}.per-1`;

describe("where both sides show certificates", () => {
  const closing: (() => Promise<unknown>)[] = [];
  let force: ClientCertificate;
  let hub: ClientCertificate;
  let stranger: ClientCertificate;

  beforeAll(async () => {
    const [authority, elsewhere] = await Promise.all([makeAuthority("Test authority"), makeAuthority("Elsewhere")]);
    closing.push(authority.close, elsewhere.close);
    [force, hub] = await Promise.all([authority.issue("force"), authority.issue("hub")]);
    const { cert, key } = await elsewhere.issue("stranger");
    stranger = { cert, key, ca: hub.ca };
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  const listen = async (app: FastifyInstance) => {
    closing.push(() => app.close());
    return new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
  };

  describe("a force that can be asked", () => {
    let url: URL;
    beforeAll(async () => {
      url = await listen(await makePoliceSimulator(aTown([aNotice()]), { tls: force }));
    });

    const ask = async (tls?: ClientCertificate) => {
      const readSide = { url, lane: makeLane("police", SETTINGS), ...POLICE_CLIENT, ...(tls && { tls }) };
      const agency = { id: "police", name: "Example Constabulary", sector: "POLICE" } as const;
      const ring = { name: "Central Referral Unit", phone: null, email: null };
      const system = makePolice({ agency, forceIdentifier: FORCE, inbox: memoryInbox(), readSide, ring });
      const [answer] = await system.ask({ recordIds: [RECORD], parts: PARTS }, call());
      await system.close();
      return answer!.events;
    };

    it("answers a hub whose certificate it knows", async () => {
      expect(url.protocol).toBe("https:");
      expect(await ask(hub)).toMatchObject({ status: "RECORDED", items: [{ provenance: { system: "police" } }] });
    });

    it.each<[string, () => ClientCertificate | undefined]>([
      ["shows no certificate", () => undefined],
      ["shows one from elsewhere", () => stranger],
      ["does not trust the force's own", () => ({ ...hub, ca: stranger.cert })],
    ])("says nothing to a hub that %s", async (_what, certificate) => {
      expect(await ask(certificate())).toMatchObject({ status: "DID_NOT_ANSWER", fault: "UNAVAILABLE", items: [] });
    });
  });

  describe("a hub behind TLS", () => {
    const inbox = memoryInbox();
    let url: URL;
    beforeAll(async () => {
      const app = Fastify({ https: { ...hub, requestCert: true, rejectUnauthorized: true } });
      app.removeAllContentTypeParsers();
      app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
      app.post("/incidents", async ({ headers, body }, reply) => {
        const credentials = [{ ...CLIENT, secretSha256: sha256(CLIENT.secret), forceIdentifier: FORCE }];
        const given = {
          headers,
          body: body as Buffer,
          inbox,
          credentials,
          now: () => new Date(),
          newId: () => "hub-1",
        };
        const answer = await answerIncident(given);
        return reply.code(answer.status).headers(answer.headers).send(JSON.stringify(answer.body));
      });
      url = await listen(app as unknown as FastifyInstance);
    });

    const push = (certificate: ClientCertificate | null) => {
      const worker = makePushWorker({ url, ...CLIENT, certificate, backOffMs: [], log: () => {} });
      return worker.push(aNotice().submissionId, documentOf(aNotice()));
    };

    it("takes no notice from a sender without a certificate", async () => {
      for (const certificate of [{ ...stranger, cert: "", key: "" }, stranger])
        expect(await push(certificate)).toMatchObject({ state: "EMAIL_FALLBACK", status: null });
      expect(inbox.entries).toEqual([]);
    });

    it("takes a notice from a force with one", async () => {
      expect(await push(force)).toMatchObject({ state: "SENT", status: 201 });
      expect(inbox.entries).toHaveLength(1);
    });
  });
});
