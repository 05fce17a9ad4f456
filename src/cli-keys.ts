import { configOfProcess } from "./config.ts";
import { openHub, type OpenHub } from "./hub.ts";
import { keyStatus, type KeyStatus, sealEverything } from "./services/key-status.ts";
import { withNewKey } from "./store/key-ring.ts";

interface Flags {
  readonly json?: boolean;
}

async function withHub(run: (open: OpenHub) => Promise<void>): Promise<void> {
  const open = await openHub(configOfProcess());
  try {
    await run(open);
  } finally {
    await open.close();
  }
}

/** Says what each key seals, and which may be removed. Exits with 1 where something opens to nobody. */
export const status = ({ json }: Flags): Promise<void> => withHub(async ({ hub }) => show(await keyStatus(hub), json));

/** Seals everything under the current key, and says how far it is. Safe beside a running hub, and to stop at any time. */
export const rotate = ({ json }: Flags): Promise<void> =>
  withHub(async ({ hub }) => {
    const { isTTY } = process.stderr;
    await sealEverything(hub, ({ done, total, failed }) => {
      const left = failed > 0 ? `, ${failed} do not open` : "";
      if (isTTY) process.stderr.write(`\r${done} of ${total} values${left}`);
    });
    if (isTTY) process.stderr.write("\n");
    show(await keyStatus(hub), json);
  });

/** A new value for HUB_KEYS: the keys that are set, and one more, which is current. */
export function make(id: string): void {
  if (!/^[A-Za-z0-9-]{1,20}$/.test(id)) throw new Error("A key's id is 1 to 20 letters, digits or hyphens: 2026-11");
  const { HUB_KEYS: before } = configOfProcess();
  if (before?.keys[id]) throw new Error(`There is a key ${id} already: give the new one another id`);
  console.log(JSON.stringify(withNewKey(id, before), null, 2));
}

const STANDING = { CURRENT: "current", OLDER: "older", MISSING: "not in HUB_KEYS", UNSEALED: "sealed under no key" };

function show({ rotation, counts, mayBeRemoved }: KeyStatus, json: boolean | undefined): void {
  const lost = counts.some(({ standing, values }) => standing === "MISSING" && values > 0) || rotation.failed > 0;
  if (lost) process.exitCode = 1;
  if (json) return console.log(JSON.stringify({ ...rotation, keys: counts, mayBeRemoved }, null, 2));
  for (const { keyId, values, standing } of counts)
    console.log(`${keyId ?? "-"}  ${values} values  ${STANDING[standing]}`);
  const { keyId, finishedAt, startedAt, done, total, failed } = rotation;
  if (finishedAt) console.log(`Everything is sealed under ${keyId} since ${finishedAt.toISOString()}`);
  else if (startedAt) console.log(`Sealing everything under ${keyId}: ${done} of ${total} values`);
  else console.log(`Sealing everything under ${keyId} begins when a worker starts, or with \`hub keys rotate\``);
  if (failed > 0) console.log(`${failed} values do not open, and were left as they are (docs/keys.md)`);
  for (const id of mayBeRemoved) console.log(`The key ${id} seals nothing any more: it may be removed from HUB_KEYS`);
}
