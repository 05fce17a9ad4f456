import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** A certificate authority of a test's own, for certificates of 127.0.0.1. It needs the `openssl` program, version 3. */
export async function makeAuthority(name: string) {
  const folder = await mkdtemp(join(tmpdir(), "police-ca-"));
  const openssl = async (...args: string[]): Promise<void> => {
    try {
      await run("openssl", args, { cwd: folder });
    } catch (cause) {
      throw new Error("These tests make certificates with the openssl program, version 3", { cause });
    }
  };
  const read = (file: string) => readFile(join(folder, file), "utf8");
  const forADay = (subject: string) => ["-days", "1", "-subj", `/CN=${subject}`];
  await openssl("req", "-x509", ...KEY, ...forADay(name), "-keyout", "ca.key", "-out", "ca.pem");
  const ca = await read("ca.pem");
  return {
    /** A certificate with its key; `ca` beside it is this authority. */
    async issue(subject: string) {
      const files = ["-keyout", `${subject}.key`, "-out", `${subject}.pem`];
      const extensions = ["subjectAltName=IP:127.0.0.1", "basicConstraints=critical,CA:FALSE"];
      const added = extensions.flatMap((extension) => ["-addext", extension]);
      await openssl(
        "req",
        "-x509",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        ...KEY,
        ...forADay(subject),
        ...files,
        ...added,
      );
      return { cert: await read(`${subject}.pem`), key: await read(`${subject}.key`), ca };
    },
    close: () => rm(folder, { recursive: true }),
  };
}
