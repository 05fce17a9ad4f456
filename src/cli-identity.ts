import { configOfProcess } from "./config.ts";
import { openHub } from "./hub.ts";
import { rebuildIdentity } from "./services/identity-rebuild.ts";

/** Decides whose every record is from nothing, changes nothing, and says where it comes out otherwise. Exits with 1 where it does. */
export async function rebuild({ json }: { json?: boolean }): Promise<void> {
  const open = await openHub(configOfProcess());
  try {
    const { records, people, differ, asked, withoutProfile } = await rebuildIdentity(open.hub, (done) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${done} records`);
    });
    if (process.stderr.isTTY) process.stderr.write("\n");
    if (json) console.log(JSON.stringify({ records, people, differ, asked, withoutProfile }, null, 2));
    else {
      console.log(`${records} records make ${people} people`);
      if (withoutProfile > 0)
        console.log(`${withoutProfile} records have not been seen since the hub compares by weight`);
      if (asked.length > 0)
        console.log(`${asked.length} records would come out otherwise, and a person is asked about them`);
      console.log(
        differ.length === 0 ? "The same people as believed now" : `${differ.length} records come out with others:`,
      );
      for (const id of differ.slice(0, 20)) console.log(`  ${id}`);
    }
    if (differ.length > 0) process.exitCode = 1;
  } finally {
    await open.close();
  }
}
