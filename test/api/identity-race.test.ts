// Two workers, the same child, the same moment. Every child here is made up.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FoundRecord } from "../../src/adapters/agency-system.ts";
import { makeDataSource } from "../../src/store/data-source.ts";
import { IdentityLinkRow } from "../../src/store/rows-identity.ts";
import { PersonRow } from "../../src/store/rows.ts";
import type { Hub } from "../../src/services/hub.ts";
import { noteRecords } from "../../src/services/records.ts";
import { ENGINES } from "../support/engines.ts";
import { person } from "../support/fake-system.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { makeNhsNumbers } from "../../simulators/town/identifiers.ts";
import { recordAt } from "../support/record-rows.ts";

const CHILDREN = 1_000;
const AT_ONCE = 20;

const nextNumber = makeNhsNumbers();
const NUMBERS = Array.from({ length: CHILDREN + 1 }, nextNumber);

const NAMES = ["Amira", "Boris", "Carys", "Dylan", "Esther", "Farid", "Greta", "Hamza", "Ines", "Jonah"];
const SURNAMES = ["Ashdown", "Birtles", "Corrigan", "Dhillon", "Eastwood", "Farouk", "Gething", "Hollins"];

function childAt(at: number, recordId: string): FoundRecord {
  const demographics = person(recordId, {
    forename: NAMES[at % 10]!,
    surname: SURNAMES[at % 8]!,
    bornOn: `20${String(10 + (at % 10))}-${String(1 + (at % 12)).padStart(2, "0")}-${String(2 + (at % 27)).padStart(2, "0")}`,
    identifiers: [{ kind: "NHS_NUMBER", value: NUMBERS[at]!, verified: true }],
  });
  return { recordId, restricted: false, demographics };
}

describe.each(ENGINES)("on $name, two workers given the same child at the same moment", (engine) => {
  let world: LightHub;
  let workers: readonly [Hub, Hub];
  let close = async () => {};

  beforeAll(async () => {
    world = await startLightHub(engine, {});
    const { hub } = world.open;
    const { url } = hub.db.options as { url?: string };
    if (url === undefined) return void (workers = [hub, hub]);
    const db = makeDataSource({ url: url.replace(/^mysql:/, "mariadb:") }, world.open.hub.keys);
    await db.initialize();
    close = () => db.destroy();
    workers = [hub, { ...hub, db }];
  });
  afterAll(async () => {
    await close();
    await world?.close();
  });

  it(`make one person of two agencies' records, ${CHILDREN} times out of ${CHILDREN}`, async () => {
    const both = async (at: number) => {
      const [one, other] = at % 2 === 0 ? workers : [workers[1], workers[0]];
      const [health, school] = await Promise.all([
        noteRecords(one, { agencyId: "health", records: [childAt(at, `h-${at}`)] }),
        noteRecords(other, { agencyId: "education", records: [childAt(at, `s-${at}`)] }),
      ]);
      return [health.get(`h-${at}`), school.get(`s-${at}`)];
    };
    let one = 0;
    for (let from = 0; from < CHILDREN; from += AT_ONCE) {
      const made = await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => both(from + at)));
      one += made.filter(([health, school]) => health !== undefined && health === school).length;
    }
    expect(one).toBe(CHILDREN);
    expect(await world.open.hub.db.manager.count(PersonRow)).toBe(CHILDREN);
  }, 240_000);

  it("make one record and one belief of the same record", async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        noteRecords(workers[at % 2]!, { agencyId: "health", records: [childAt(CHILDREN, "twice")] }),
      ),
    );
    expect(new Set(all.map((found) => found.get("twice"))).size).toBe(1);
    const { manager } = world.open.hub.db;
    const row = await recordAt(manager, "health", "twice");
    expect(await manager.countBy(IdentityLinkRow, { recordRowId: row.id })).toBe(1);
  });
});
