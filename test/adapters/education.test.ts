import { LANES } from "../../src/adapters/lane.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { describeAgencySystem } from "./contract.ts";
import { CLOSED_GATE, LARCH_HILL, MANY, startEducation } from "./education-world.ts";

const at = (student: string): string => `${LARCH_HILL}.${student}`;

describeAgencySystem("education", async () => {
  const { system, sim, requests, close } = await startEducation();
  // With a school closed to the hub, nobody can say "nobody".
  await sim("POST", "emit", { type: "school.approval", school: CLOSED_GATE, approved: true });
  const fail = (fault: Record<string, unknown>) => () =>
    sim("POST", "faults", { route: "/v1.0", ...fault }).then(() => undefined);
  return {
    system,
    known: {
      recordId: at("A1749100001"),
      has: ["DEMOGRAPHICS", "RELATIONSHIPS", "INVOLVEMENTS", "STATES", "EVENTS"],
    },
    others: MANY.slice(0, 12).map(at),
    restricted: {
      recordId: at("A1749100002"),
      hidden: ["Fennimore", "OX99 7FL", "Helen", "07700900777", "Larch Hill", "W931407119005"],
    },
    finds: {
      identifier: { kind: "UPN", value: "U931123420001", verified: true },
      forename: null,
      surname: null,
      bornOn: null,
      postcode: null,
    },
    findsNobody: {
      identifier: null,
      forename: "Nemo",
      surname: "Nobody",
      bornOn: plainDate("2016-01-01"),
      postcode: null,
    },
    personal: ["Amelia", "Millie", "Hartley", "U931123420001", "2019-03-14"],
    fail: {
      hang: fail({ mode: "latency", ms: 30_000 }),
      refuse: fail({ mode: "drop" }),
      busy: fail({ mode: "status", status: 429 }),
      malformed: fail({ mode: "malformed" }),
      unauthorised: fail({ mode: "status", status: 401 }),
    },
    heal: () => sim("DELETE", "faults").then(() => undefined),
    countRequests: async () => (await requests()).length,
    limitMs: LANES.mis.limitMs + 500,
    close,
  };
});
