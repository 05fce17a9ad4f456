import { readFileSync } from "node:fs";

/** PEM texts: the force's own certificate with its key, and the authority that the other side's must come from. */
export interface Certificate {
  cert: string;
  key: string;
  ca: string;
}

/** The certificate in three files; null where none is named. Some without the others are a mistake, and said to be one. */
export function readCertificate(files: Partial<Record<keyof Certificate, string | undefined>>): Certificate | null {
  const { cert, key, ca } = files;
  if (!cert && !key && !ca) return null;
  if (!cert || !key || !ca) throw new Error("--tls-cert, --tls-key and --tls-ca belong together");
  return { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8"), ca: readFileSync(ca, "utf8") };
}
