import { plainDate } from "../../src/domain/plain-date.ts";
import { DEMO_HOMES } from "../../simulators/town/demo-people.ts";
import { CLASS, NUMBERS, startHealth } from "../support/health-world.ts";
import { describeAgencySystem } from "./contract.ts";

describeAgencySystem("health", async () => {
  const world = await startHealth();
  const nobody = { forename: null, surname: null, bornOn: null, postcode: null };
  return {
    system: world.system,
    known: {
      recordId: "p-amelia",
      has: ["DEMOGRAPHICS", "RELATIONSHIPS", "INVOLVEMENTS", "STATES", "EVENTS"],
    },
    others: ["p-noah", "p-rachel", "p-isaac", "p-isobel", ...CLASS.slice(0, 8)],
    restricted: {
      recordId: "p-elodie",
      hidden: ["07700900777", "Helen", DEMO_HOMES.shielded.street, DEMO_HOMES.shielded.postcode],
    },
    finds: { ...nobody, identifier: { kind: "NHS_NUMBER", value: NUMBERS.amelia, verified: true } },
    findsNobody: {
      identifier: null,
      forename: "Zacharias",
      surname: "Nobody",
      bornOn: plainDate("1901-01-01"),
      postcode: null,
    },
    personal: ["Hartley", "Amelia", NUMBERS.amelia, "2019-03-14"],
    fail: {
      hang: async () =>
        void (await world.fail({ mode: "latency", ms: world.options.careRecord.lane.settings.limitMs + 500 })),
      refuse: async () => void (await world.fail({ mode: "drop" })),
      busy: async () => void (await world.fail({ mode: "status", status: 429 })),
      malformed: async () => void (await world.fail({ mode: "malformed" })),
      unauthorised: async () => void (await world.fail({ mode: "status", status: 401 })),
    },
    heal: async () => void (await world.heal()),
    countRequests: async () => (await world.takeJournal()).length,
    limitMs: world.options.careRecord.lane.settings.limitMs + 1_000,
    close: world.close,
  };
});
