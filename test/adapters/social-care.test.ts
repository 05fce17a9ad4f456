import { LANES } from "../../src/adapters/lane.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { describe, expect, it } from "vitest";
import { SHIELDED } from "../support/social-care-town.ts";
import { mariaDbAnswers, startSocialCare, type Engine } from "../support/social-care-world.ts";
import { describeAgencySystem, type ContractWorld } from "./contract.ts";

const search = { identifier: null, forename: null, surname: null, bornOn: null, postcode: null };

async function makeWorld(engine: Engine): Promise<ContractWorld> {
  const { system, fault, statements, close } = await startSocialCare(engine);
  return {
    system,
    known: { recordId: "LA-0001", has: ["DEMOGRAPHICS", "RELATIONSHIPS", "INVOLVEMENTS", "STATES", "EVENTS"] },
    others: Array.from({ length: 20 }, (_, at) => `T-${100 + at}`),
    restricted: { recordId: "T-5", hidden: [...Object.values(SHIELDED), "100000000099"] },
    finds: { ...search, surname: "Hartley", bornOn: plainDate("2019-03-14") },
    findsNobody: { ...search, surname: "Nobody", bornOn: plainDate("1901-01-01") },
    personal: ["Amelia", "Hartley", "2019-03-14"],
    fail: {
      hang: () => fault({ mode: "latency", ms: 60_000 }),
      refuse: () => fault({ mode: "drop" }),
      busy: () => fault({ mode: "status", status: 503 }),
      malformed: () => fault({ mode: "malformed" }),
      unauthorised: () => fault({ mode: "status", status: 401 }),
    },
    heal: () => fault(),
    countRequests: async () => (await statements()).length,
    limitMs: LANES.ssd.limitMs + 500,
    close,
  };
}

describeAgencySystem("social care", () => makeWorld("embedded"));

const answers = await mariaDbAnswers();
if (answers) describeAgencySystem("social care on MariaDB", () => makeWorld("mariadb"));

describe("the suite on MariaDB", () => {
  it("ran, as it must where CI says so", ({ skip }) => {
    if (!answers && !process.env["CI"])
      return skip("no MariaDB answers at 127.0.0.1:3306; set MARIADB_URL to one to run the suite on it");
    expect(answers, "CI must offer a MariaDB (MARIADB_URL)").toBe(true);
  });
});
