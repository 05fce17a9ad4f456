// A small town, health's simulator over it on a real socket, and the adapter that talks to it.

import { exportJWK, generateKeyPair, type JWK } from "jose";
import { makeHealth, type HealthOptions } from "../../src/adapters/health/health.ts";
import { makeTokens } from "../../src/adapters/health/tokens.ts";
import { LANES, makeLane, type LaneSettings } from "../../src/adapters/lane.ts";
import { makeHealthSimulator, type HealthSimulatorOptions } from "../../simulators/health/health-simulator.ts";
import type { JournalEntry } from "../../simulators/support/simulator.ts";
import { demoFamily } from "../../simulators/town/demo-family.ts";
import { makeNhsNumbers } from "../../simulators/town/identifiers.ts";
import { blankRecord, blankTie } from "../../simulators/town/part.ts";
import type { AgencyRecord, HealthFact, Town } from "../../simulators/town/types.ts";

const UNTIL = "2026-03-02";
const draw = makeNhsNumbers();

/** Numbers of the people below, for the tests to name. */
export const NUMBERS = {
  amelia: "9990123470",
  old: draw(),
  moved: draw(),
  gone: draw(),
  hidden: draw(),
  register: draw(),
  nobody: draw(),
};

const filed = (localId: string, row: Partial<AgencyRecord>): AgencyRecord => ({
  ...blankRecord("health", localId),
  surname: "Example",
  sex: "F",
  nhsNumberStatus: "01",
  ...row,
});
const HOME = {
  id: "h-1",
  house: "4",
  street: "Quarry Rise",
  town: "Oldham",
  county: "Lancashire",
  uprn: "100000000777",
};

/** Fifty children of one class, all changed at one instant, each with one resource of every clinical type. */
export const CLASS = Array.from({ length: 50 }, (_, at) => `p-class-${at}`);

const PEOPLE: AgencyRecord[] = [
  ...CLASS.map((localId, at) => filed(localId, { forenames: [`Child${at}`], bornOn: "2016-04-05", nhsNumber: draw() })),
  filed("p-moved", {
    forenames: ["Mabel"],
    surname: "Renumbered",
    bornOn: "2014-02-03",
    nhsNumber: NUMBERS.moved,
    supersededNhsNumber: NUMBERS.old,
  }),
  filed("p-gone", { forenames: ["Ida"], bornOn: "2013-01-02", nhsNumber: NUMBERS.gone, invalidated: true }),
  filed("p-hidden", {
    forenames: ["Orla"],
    bornOn: "2012-12-12",
    nhsNumber: NUMBERS.hidden,
    restricted: true,
    address: { ...HOME, postcode: "OL99 8QQ" },
    phone: "07700900555",
  }),
  filed("p-register", {
    forenames: ["Nell"],
    surname: "Registered",
    bornOn: "2011-07-08",
    nhsNumber: NUMBERS.register,
  }),
];

const FACTS: HealthFact[] = CLASS.flatMap((localId, at): HealthFact[] => {
  const updatedAt = "2025-09-01T09:00:00Z";
  const day = { from: "2025-09-01", until: null, updatedAt, localId };
  const [professionalId, organisation] = ["nobody", "Example Community NHS Trust"];
  return [
    {
      kind: "episode",
      id: `e-${at}`,
      service: "SCHOOL_NURSING",
      status: "active",
      professionalId,
      organisation,
      ...day,
    },
    { kind: "flag", id: `f-${at}`, code: "LOOKED_AFTER", status: "active", author: "931", ...day },
    { kind: "carePlan", id: `c-${at}`, title: "Asthma plan", status: "active", ...day },
    { kind: "observation", id: `o-${at}`, localId, code: "WEIGHT", value: 30, unit: "kg", at: updatedAt, updatedAt },
  ];
});

function makeTestTown(): Town {
  const part = demoFamily(UNTIL);
  return {
    synthetic: true,
    settings: { children: CLASS.length, seed: 0, until: UNTIL },
    ...part,
    records: [...part.records, ...PEOPLE],
    health: [...part.health, ...FACTS],
    // A record that names the child as her own mother, as some do.
    recordedTies: [
      ...part.recordedTies,
      { ...blankTie({ agency: "health", localId: "p-class-0", role: "MOTHER" }), otherLocalId: "p-class-0" },
    ],
  };
}

interface WorldOptions {
  readonly simulator?: HealthSimulatorOptions;
  readonly pdsLane?: Partial<LaneSettings>;
  readonly careLane?: Partial<LaneSettings>;
  readonly now?: () => number;
}

/** PDS without its limit and lanes that do not break, unless a test says otherwise. */
export async function startHealth({ simulator = {}, pdsLane = {}, careLane = {}, now }: WorldOptions = {}) {
  const { privateKey, publicKey } = await generateKeyPair("RS512", { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "test-1", alg: "RS512", use: "sig" }] };
  const app = await makeHealthSimulator(makeTestTown(), {
    jwks,
    clientId: "hub-key",
    pdsPerSecond: null,
    differences: { onlyInPds: ["p-register"], oldNumber: ["p-moved"], unmarked: ["p-hidden"] },
    ...simulator,
  });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  const privateJwk: JWK = await exportJWK(privateKey);
  const steady = { breakAfter: 1_000_000 };
  const options: HealthOptions = {
    agency: { id: "health", name: "Example NHS", sector: "HEALTH" },
    pds: {
      url: `${url}/personal-demographics/FHIR/R4`,
      tokenUrl: `${url}/oauth2/token`,
      lane: makeLane("pds", { ...LANES.pds, perSecond: null, ...steady, ...pdsLane }),
      clientId: "hub-key",
      keyId: "test-1",
      privateKey: privateJwk,
      endUserOrganisation: "Y99999",
    },
    careRecord: {
      url: `${url}/fhir/R4`,
      lane: makeLane("care-record", { ...LANES["care-record"], ...steady, ...careLane }),
    },
    ...(now && { now }),
  };
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const headers = body ? { "content-type": "application/json" } : {};
    const response = await fetch(`${url}/__sim/${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  return {
    app,
    url,
    options,
    privateKey,
    system: makeHealth(options),
    /** A token as the adapter gets one, for requests of the test's own. */
    token: () =>
      makeTokens({ ...options.pds, tokenUrl: new URL(options.pds.tokenUrl) }, options.careRecord.lane).get(
        new AbortController().signal,
      ),
    fail: (fault: object) => control("POST", "faults", { route: "*", ...fault }),
    heal: () => control("DELETE", "faults"),
    emit: (event: object) => control("POST", "emit", event),
    /** The journal since it was last taken. */
    async takeJournal(): Promise<JournalEntry[]> {
      const { requests } = (await control("GET", "requests")) as { requests: JournalEntry[] };
      await control("DELETE", "requests");
      return requests;
    },
    close: () => app.close(),
  };
}

export type HealthWorld = Awaited<ReturnType<typeof startHealth>>;
