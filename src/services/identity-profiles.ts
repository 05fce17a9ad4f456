// What a record is compared by, kept encrypted: an agency that does not answer must not make two people of one child, and the hub
// must be able to show why it believed what it did. Nothing else of a record is kept. See docs/decisions/0013.

import type { FoundRecord } from "../adapters/agency-system.ts";
import type { Compared } from "../domain/compared.ts";
import type { ComparedRecord } from "../domain/identity.ts";
import { linkKeyTexts } from "../domain/link-keys.ts";
import { comparedOf, isUnborn } from "../domain/record-compared.ts";
import type { AgencyRecordRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { seal, unseal } from "./seal.ts";

/** What is kept of a record. */
export interface Profile {
  readonly compared: Compared;
  readonly unborn: boolean;
}

/** A record as it came in, made ready to be compared. */
export interface Prepared {
  readonly found: FoundRecord;
  readonly recordId: string;
  readonly profile: Profile;
  /** Same as the last time: nothing that is compared has changed. */
  readonly hash: string;
}

const PURPOSE = "identity.profile";
/** To be raised with any change to what keys or profiles are made of: each record then gets its new ones when it is next seen. */
const KEYS = 1;

export function prepare(hub: Hub, found: FoundRecord): Prepared {
  const { demographics, recordId } = found;
  const { words, refuseTest = false } = hub.matcher;
  const profile = { compared: comparedOf(demographics, words, { refuseTest }), unborn: isUnborn(demographics) };
  return { found, recordId, ...withProfile(hub, profile) };
}

/** The profile, and what tells it from any other. */
export const withProfile = (hub: Hub, profile: Profile): Pick<Prepared, "profile" | "hash"> => ({
  profile,
  hash: hub.keyed(`profile|${KEYS}|${JSON.stringify(profile)}`),
});

/** A key as it stands in the index: 16 hexadecimal digits of a keyed hash. */
export const linkHash = (hub: Pick<Hub, "keyed">, text: string): string => hub.keyed(text).slice(0, 16);

/** The keys under which a record with this profile is found. */
export const linkHashes = (hub: Hub, { compared, unborn }: Profile): string[] =>
  linkKeyTexts(compared, hub.matcher.words, unborn).map((text) => linkHash(hub, text));

export const sealProfile = (hub: Hub, rowId: string, profile: Profile): string =>
  seal(hub, JSON.stringify(profile), { purpose: PURPOSE, rowId });

/** What is kept of this record; null where it has not been seen since the hub keeps it, or since its key was changed. */
export function openProfile(hub: Hub, row: Pick<AgencyRecordRow, "id" | "profile">): Profile | null {
  if (row.profile === null) return null;
  try {
    return JSON.parse(unseal(hub, row.profile, { purpose: PURPOSE, rowId: row.id })) as Profile;
  } catch {
    hub.log.warn(
      { recordRowId: row.id },
      "a profile does not open under this key: it is made anew when the record is next seen",
    );
    return null;
  }
}

/** The record as the matcher takes it; null as above. */
export function comparedRecord(
  hub: Hub,
  row: Pick<AgencyRecordRow, "id" | "agencyId" | "register" | "profile">,
): ComparedRecord | null {
  const profile = openProfile(hub, row);
  return profile && { id: row.id, register: registerIn(row), ...profile };
}

/** Registers of two agencies are two, whatever they are called. */
export const registerIn = (row: Pick<AgencyRecordRow, "agencyId" | "register">): string | null =>
  row.register === null ? null : `${row.agencyId} ${row.register}`;
