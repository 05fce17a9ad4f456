// A change of key that is killed half-way, by the command line as it is used. The embedded engine belongs to one program at a time.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { openHub, type OpenHub } from "../src/hub.ts";
import { ReferralStep } from "../src/schema/referral.ts";
import { keepSealed, latestRotation } from "../src/services/key-rotation.ts";
import { insertMany } from "../src/store/insert.ts";
import { countByKey, placesOf } from "../src/store/resealing.ts";
import { sealColumns } from "../src/store/sealed-columns.ts";
import { ENGINES } from "./support/engines.ts";
import { run } from "./support/program.ts";
import { keysSetting, testKeys } from "./support/test-keys.ts";

const CLI = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const ROWS = 15_000;
const BATCH = 100;

describe.each(ENGINES.filter(({ name }) => name !== "embedded"))("on $name, a change of key", (engine) => {
  let folder: string;
  let own: Awaited<ReturnType<typeof engine.settings>>;
  let open: OpenHub;
  let settings: Record<string, string>;

  const hubKeys = (...args: readonly string[]) =>
    run(["--import", "@oxc-node/core/register", CLI, "keys", ...args], settings);
  const counts = async () => {
    const place = placesOf(open.hub.db).find(({ name }) => name === "referral_step.because")!;
    return Object.fromEntries(await countByKey(open.hub.db, place));
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hub-keys-"));
    own = await engine.settings();
    settings = {
      NODE_ENV: "test",
      LOG_LEVEL: "error",
      HUB_DATA: folder,
      HUB_HASH_KEY: "k".repeat(32),
      ...own.settings,
    };
    open = await openHub(readConfig({ ...settings, HUB_KEYS: keysSetting("old") }), { systems: () => [] });
    const at = new Date("2026-03-02T09:00:00.000Z");
    const steps = Array.from({ length: ROWS }, (_, number): ReferralStep => {
      const id = `step-${String(number).padStart(5, "0")}`;
      return { id, referralId: "r", what: "x", because: `Words ${id}`, by: "x", at };
    });
    await insertMany(open.hub.db.manager, ReferralStep, steps);
    settings["HUB_KEYS"] = keysSetting("old", "new");
  });
  afterAll(async () => {
    await open?.close();
    await own?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it("that is killed loses nothing, and is finished by whoever comes next", async () => {
    const { pid, ended } = hubKeys("rotate");
    const isHalfWay = async () => ((await latestRotation(open.hub))?.done ?? 0) > 200;
    await expect.poll(isHalfWay, { timeout: 30_000, interval: 10 }).toBe(true);
    process.kill(pid, "SIGKILL");
    await ended;
    const half = await counts();
    expect(half["new"]).toBeGreaterThan(200);
    expect(half["old"]).toBeGreaterThan(0);
    const keys = testKeys("old", "new");
    sealColumns(open.hub.db, keys);
    const later = { ...open.hub, keys, now: () => new Date(Date.now() + 31_000) };
    for (let looked = 1; looked > 0;) looked = await keepSealed(later);
    expect(await counts()).toEqual({ new: ROWS });
    const { total, ...rotation } = (await latestRotation(later))!;
    expect(rotation).toMatchObject({ keyId: "new", failed: 0 });
    // A batch that was done when its program was killed, and not yet counted, stays uncounted.
    expect(total).toBeGreaterThanOrEqual(ROWS - BATCH);
    expect(total).toBeLessThanOrEqual(ROWS);
    const rows = await later.db.manager.find(ReferralStep);
    expect(rows.filter(({ id, because }) => because !== `Words ${id}`)).toEqual([]);
    const { code, out } = await hubKeys("status").ended;
    expect(code).toBe(0);
    expect(out).toContain(`new  ${ROWS} values  current`);
    expect(out).toContain("The key old seals nothing any more: it may be removed from HUB_KEYS");
  }, 90_000);

  it("needs the old key until it is over, and says so", async () => {
    settings["HUB_KEYS"] = keysSetting("other");
    const { code, err } = await hubKeys("status", "--json").ended;
    expect([code, err]).toEqual([1, expect.stringContaining("HUB_KEYS lacks the key new")]);
  });

  it("begins with a set that the command line makes", async () => {
    settings["HUB_KEYS"] = keysSetting("old", "new");
    const { out } = await hubKeys("make", "newer").ended;
    const { current, keys } = readConfig({ HUB_KEYS: out }).HUB_KEYS!;
    expect([current, Object.keys(keys).sort()]).toEqual(["newer", ["new", "newer", "old"]]);
  });
});
