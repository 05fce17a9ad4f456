// The keys under which the database is sealed. Every sealed value names its key, so that keys can be changed while the hub runs.
// See docs/keys.md.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** What the setting HUB_KEYS holds. */
export interface KeySet {
  /** The id of the key that new values are sealed under. */
  readonly current: string;
  /** 32 bytes each in base64, by id. */
  readonly keys: Readonly<Record<string, string>>;
  /** Ids of keys that are gone for good: what is still sealed under them opens to nobody, and the hub starts all the same. */
  readonly lost?: readonly string[];
}

/** What a value is for, and the id of the row that holds it where it is bound to one: moved elsewhere it does not open. */
export interface Belonging {
  readonly purpose: string;
  readonly rowId?: string;
}

export interface KeyRing {
  /** The key that new values are sealed under. */
  readonly current: string;
  readonly ids: readonly string[];
  readonly lost: readonly string[];
  /** AES-256-GCM under a key of this purpose's own: `v1.<key id>.<nonce, tag and text in base64url>`. Never twice the same. */
  seal(text: string, belonging: Belonging): string;
  /** Throws a `KeyFault` where the key is not on the ring, or the value was changed or moved. */
  open(sealed: string, belonging: Belonging): string;
}

/** A value that opens to nobody. Its message names the place and the key, never the value. */
export class KeyFault extends Error {
  override readonly name = "KeyFault";
  readonly keyId: string;
  readonly place: string;

  constructor(why: string, { keyId, place }: { readonly keyId: string; readonly place: string }) {
    super(`${place}: a value ${why}`);
    this.keyId = keyId;
    this.place = place;
  }
}

const IV = 12;
const TAG = 16;
const VERSION = "v1.";
const KEY_ID = /^[A-Za-z0-9-]{1,20}$/;
/** Nonce and tag take 38 letters by themselves. */
const CONTENT = /^[\w-]{38,}$/;

interface Parsed {
  readonly keyId: string;
  readonly content: string;
}

function parse(text: string): Parsed | null {
  if (!text.startsWith(VERSION)) return null;
  const dot = text.indexOf(".", VERSION.length);
  const keyId = text.slice(VERSION.length, Math.max(dot, VERSION.length));
  const content = text.slice(dot + 1);
  return KEY_ID.test(keyId) && CONTENT.test(content) ? { keyId, content } : null;
}

/** The key that a text is sealed under; null for a text that is not sealed so. */
export const keyIdOf = (text: string): string | null => parse(text)?.keyId ?? null;

/** How every value begins that is sealed under this key. */
export const beginningOf = (keyId: string): string => `${VERSION}${keyId}.`;

/** `onFault` hears, once for each place and key, of values that do not open. */
export function makeKeyRing(
  { current, keys, lost = [] }: KeySet,
  onFault: (fault: KeyFault) => void = () => {},
): KeyRing {
  const ring = new Map(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, "base64")]));
  for (const [id, key] of ring) if (key.length !== 32) throw new Error(`The key ${id} is not 32 bytes`);
  if (!ring.has(current)) throw new Error(`The current key ${current} is not among the keys`);
  const derived = new Map<string, Buffer>();
  const reported = new Set<string>();

  function fault(why: string, of: { readonly keyId: string; readonly place: string }): KeyFault {
    const made = new KeyFault(why, of);
    const name = `${of.keyId} ${of.place}`;
    if (!reported.has(name)) onFault(made);
    reported.add(name);
    return made;
  }

  function keyFor(keyId: string, purpose: string): Buffer | null {
    const name = `${keyId} ${purpose}`;
    const known = derived.get(name);
    if (known) return known;
    const key = ring.get(keyId);
    if (!key) return null;
    const made = Buffer.from(hkdfSync("sha256", key, "", `safeguarding-hub ${purpose}`, 32));
    derived.set(name, made);
    return made;
  }

  const boundTo = (keyId: string, { purpose, rowId = "" }: Belonging): Buffer =>
    Buffer.from(JSON.stringify([keyId, purpose, rowId]));

  return {
    current,
    ids: [...ring.keys()],
    lost,
    seal(text, belonging) {
      const key = keyFor(current, belonging.purpose);
      if (!key) throw new Error(`The current key ${current} is not among the keys`);
      const iv = randomBytes(IV);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(boundTo(current, belonging));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return beginningOf(current) + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
    },
    open(sealed, belonging) {
      const { purpose: place } = belonging;
      const { keyId, content } = parse(sealed) ?? { keyId: "", content: "" };
      if (keyId === "") throw fault("is not sealed as it should be", { keyId, place });
      const key = keyFor(keyId, place);
      if (!key) throw fault(`is sealed under the key ${keyId}, which is not among HUB_KEYS`, { keyId, place });
      const bytes = Buffer.from(content, "base64url");
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV), { authTagLength: TAG });
        decipher.setAAD(boundTo(keyId, belonging)).setAuthTag(bytes.subarray(IV, IV + TAG));
        return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString("utf8");
      } catch {
        throw fault(
          `sealed under the key ${keyId} does not open: it was changed, moved from where it belongs, or sealed under another key of that name`,
          { keyId, place },
        );
      }
    },
  };
}

/** A new set of keys, or the same with one more, which is current from then on. */
export const withNewKey = (id: string, before?: KeySet): KeySet => ({
  ...before,
  current: id,
  keys: { ...before?.keys, [id]: randomBytes(32).toString("base64") },
});
