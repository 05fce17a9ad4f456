import type { AgencyRecord } from "../town/types.ts";
import { ODS_CODE, type Resource } from "./resource.ts";

interface Practice {
  readonly ods: string;
  readonly name: string;
  readonly phone: string;
}

/** Invented general practices; the town does not say who is registered where, so the postcode decides. */
const PRACTICES: Record<string, readonly Practice[]> = {
  OX: [
    { ods: "Y99001", name: "Larchfield Surgery (synthetic)", phone: "01632960201" },
    { ods: "Y99002", name: "Millbrook Health Centre (synthetic)", phone: "01632960202" },
  ],
  OL: [
    { ods: "Y99003", name: "Moorside Practice (synthetic)", phone: "01632960203" },
    { ods: "Y99004", name: "Weavers Medical Centre (synthetic)", phone: "01632960204" },
  ],
};

/** The practice a person is registered with, or null for somebody without an address. */
export function practiceOf({ address }: AgencyRecord): Practice | null {
  if (!address) return null;
  const near = PRACTICES[address.postcode.slice(0, 2)] ?? PRACTICES["OX"] ?? [];
  const drawn = [...address.postcode].reduce((sum, char) => sum + char.charCodeAt(0), 0);
  return near[drawn % near.length] ?? null;
}

/** The practices as Organization resources, so that a reader can look up who to ring. */
export const practiceOrganisations = (): Resource[] =>
  Object.values(PRACTICES)
    .flat()
    .map(({ ods, name, phone }) => ({
      resourceType: "Organization",
      id: `org-${ods.toLowerCase()}`,
      active: true,
      identifier: [{ system: ODS_CODE, value: ods }],
      name,
      telecom: [{ system: "phone", value: phone, use: "work" }],
    }));
