// The nightly batch: what is new since the last one, put into a folder as a force's file transfer would find it there.

import { createHash } from "node:crypto";
import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { batchXml } from "./batch-file.ts";
import type { HeldNotice } from "./notice-store.ts";

/** What `POST /__sim/batch` takes. */
export const batchOrder = z.object({
  /** Notices touched at or after this instant; left out, those touched since the last batch of this run. */
  since: z.iso.datetime({ offset: true }).optional(),
  /** Leaves out the number that is due, as when a night's batch was lost. */
  gap: z.boolean().default(false),
});
type BatchOrder = z.infer<typeof batchOrder>;

interface BatchSource {
  folder: string;
  force: number;
  held: () => readonly HeldNotice[];
  now: () => Date;
}

/** Writes batches. Numbers go on from the last manifest in the folder, so that a restart leaves no gap by itself. */
export function makeBatchDrop({ folder, force, held, now }: BatchSource) {
  let from = "";

  async function drop({ since = from, gap }: BatchOrder) {
    await mkdir(folder, { recursive: true });
    const sequence = String((await lastNumber(folder)) + (gap ? 2 : 1)).padStart(6, "0");
    const createdAt = now();
    const notices = held().filter(({ updatedAt }) => since === "" || Date.parse(updatedAt) >= Date.parse(since));
    const file = `PPN_${force}_${createdAt.toISOString().replaceAll(/[-:T]|\..*$/g, "")}_${sequence}.xml`;
    const xml = batchXml(
      { force, sequence, createdAt },
      notices.map(({ notice }) => notice),
    );
    const sha256 = createHash("sha256").update(xml).digest("hex");
    const manifest = {
      sequence,
      forceId: force,
      created: createdAt.toISOString(),
      count: 1,
      files: [{ name: file, sha256, recordCount: notices.length }],
      synthetic: true,
    };
    await write(file, xml);
    await write(`${file}.sha256`, `${sha256}  ${file}\n`);
    // Last: whoever sees the manifest may rely on all that it lists.
    await write(`MANIFEST_${sequence}.json`, `${JSON.stringify(manifest, null, 2)}\n`);
    from = createdAt.toISOString();
    return manifest;
  }

  /** A reader never sees half a file. */
  async function write(name: string, content: string): Promise<void> {
    await writeFile(join(folder, `.${name}.part`), content);
    await rename(join(folder, `.${name}.part`), join(folder, name));
  }

  let before: Promise<unknown> = Promise.resolve();
  return {
    /** One after the other: two at once must not get the same number. */
    drop(order: BatchOrder): ReturnType<typeof drop> {
      const dropped = before.then(() => drop(order));
      before = dropped.catch(() => {});
      return dropped;
    },
  };
}

async function lastNumber(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).map((name) => Number(/^MANIFEST_(\d+)\.json$/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers);
}
