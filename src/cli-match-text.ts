// The text of a file that somebody exported from somewhere: UTF-8, UTF-16, Windows-1252, or the first and the last mixed in one
// file. Read piece by piece; what was not UTF-8 is counted, so that nobody wonders why José did not match.

import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

/** What was seen while reading. */
export interface TextSeen {
  encoding: "UTF-8" | "UTF-16";
  /** Lines that were not UTF-8 and were read as Windows-1252. */
  otherLines: number;
  /** The first of them. */
  firstOtherLine: number | null;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const windows = new TextDecoder("windows-1252");
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text in pieces of whole lines. Throws one sentence where the file cannot be read or is no text. */
export async function* textOf(file: string, seen: TextSeen): AsyncGenerator<string> {
  const start = await headOf(file);
  const wide = wideOf(start);
  if (wide) {
    seen.encoding = "UTF-16";
    const decoder = new TextDecoder(wide);
    for await (const piece of createReadStream(file)) yield decoder.decode(piece as Buffer, { stream: true });
    yield decoder.decode();
    return;
  }
  if (start.includes(0))
    throw new Error(`${file}: this is not a text file; save the sheet as CSV, and give the CSV file`);
  let held: Buffer = Buffer.alloc(0);
  let line = 1;
  const decode = (bytes: Buffer): string => {
    const { text, lines } = decodeLines(bytes, line, seen);
    line += lines;
    return text;
  };
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = held.length > 0 ? Buffer.concat([held, piece as Buffer]) : (piece as Buffer);
    const end = Math.max(bytes.lastIndexOf(NEWLINE), bytes.lastIndexOf(RETURN)) + 1;
    if (end > 0) yield decode(bytes.subarray(0, end));
    held = bytes.subarray(end);
  }
  yield decode(held);
}

async function headOf(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_096), 0, 4_096, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    throw new Error(`${file}: this file cannot be read; look at its name and whether you may read it`);
  }
}

/** UTF-16, by its mark or, without one, by every other byte being nothing. */
function wideOf(start: Buffer): "utf-16le" | "utf-16be" | null {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  const halves = [0, 0];
  for (const [at, byte] of start.entries()) if (byte === 0) halves[at % 2] = (halves[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = halves;
  const most = start.length * 0.3;
  if (odd > most && even < most / 10) return "utf-16le";
  return even > most && odd < most / 10 ? "utf-16be" : null;
}

/** As UTF-8 where all of it is; else line by line, each as what it is. */
function decodeLines(bytes: Buffer, firstLine: number, seen: TextSeen): { text: string; lines: number } {
  try {
    const text = strict.decode(bytes);
    return { text, lines: countOf(bytes) };
  } catch {
    // Some line is not UTF-8.
  }
  let text = "";
  let lines = 0;
  for (let from = 0; from < bytes.length; lines += 1) {
    const end = endOfLine(bytes, from);
    const one = bytes.subarray(from, end);
    try {
      text += strict.decode(one);
    } catch {
      text += windows.decode(one);
      seen.otherLines += 1;
      seen.firstOtherLine ??= firstLine + lines;
    }
    from = end;
  }
  return { text, lines };
}

/** The place after a line that ends in LF, CR LF, or CR alone as old Macs write it. */
function endOfLine(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(NEWLINE, from);
  const line = newline === -1 ? bytes.subarray(from) : bytes.subarray(from, newline);
  const alone = line.indexOf(RETURN);
  if (alone !== -1 && alone < line.length - 1) return from + alone + 1;
  return newline === -1 ? bytes.length : newline + 1;
}

function countOf(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
