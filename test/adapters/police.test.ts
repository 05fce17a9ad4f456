import { LANES } from "../../src/adapters/lane.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { aNotice, aPerson, aTown } from "../support/police-town.ts";
import { AMELIA, deliver, makeWorld } from "../support/police-world.ts";
import { describeAgencySystem } from "./contract.ts";

const others = Array.from({ length: 30 }, (_, index) =>
  aNotice({
    submissionId: `PPN-2026-02000${String(index).padStart(2, "0")}`,
    logNumber: `432602000${index}`,
    submittedAt: `2026-02-0${(index % 9) + 1}T05:00:00Z`,
  }),
);
const secret = aNotice({
  submissionId: "PPN-2026-0300000",
  logNumber: "43260300000",
  handlingCode: "C1",
  description: "Text that nobody may see.",
  voiceOfChild: "Words that nobody may see.",
  people: [aPerson({ forenames: ["Wilhelmina"], surname: "Hidden" })],
});

describeAgencySystem("police", async () => {
  const { app, system, inbox, control, fault, heal } = await makeWorld([...others, secret]);
  for (const notice of aTown([...others.slice(0, 12), secret]).police) await deliver(inbox, notice);
  const search = { identifier: null, forename: null, postcode: null };
  return {
    system,
    known: { recordId: AMELIA, has: ["DEMOGRAPHICS", "INVOLVEMENTS", "EVENTS"] as const },
    others: others.map(({ submissionId }) => `${submissionId}.per-1`),
    restricted: {
      recordId: `${secret.submissionId}.per-1`,
      hidden: ["nobody may see", "Wilhelmina", "Invented Row", "NEGLECT", "neglect", "4321"],
    },
    finds: { ...search, surname: "Hartley", bornOn: plainDate("2019-03-14") },
    findsNobody: { ...search, surname: "Nobody", bornOn: plainDate("1901-01-01") },
    personal: ["Amelia", "Hartley", "2019-03-14", "Larch"],
    fail: {
      hang: fault({ mode: "latency", ms: 3_000 }),
      refuse: fault({ mode: "drop" }),
      busy: fault({ mode: "status", status: 429 }),
      malformed: fault({ mode: "malformed" }),
      unauthorised: fault({ mode: "status", status: 401 }),
    },
    heal,
    async countRequests() {
      const { requests } = await control("GET", "/__sim/requests");
      await control("DELETE", "/__sim/requests");
      return (requests as unknown[]).length;
    },
    limitMs: LANES.police.limitMs + 500,
    close: async () => {
      await system.close();
      await app.close();
    },
  };
});
