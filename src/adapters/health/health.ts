// Health behind the port: the shared care record for what is known of a person, PDS for who they are.

import type { Agency } from "../../domain/agency.ts";
import type { AgencySystem } from "../agency-system.ts";
import { makeHttp } from "../http.ts";
import { makeLane, type Lane } from "../lane.ts";
import { makeAsk } from "./ask.ts";
import { makeCareRecord } from "./care-record.ts";
import { makeChanges } from "./changes.ts";
import { makeFhirClient } from "./fhir-client.ts";
import { makeFind } from "./find.ts";
import { makePds } from "./pds.ts";
import { makeTokens, type SignIn } from "./tokens.ts";

/** Where health's systems are and as whom the hub signs in to them. */
export interface HealthOptions {
  readonly agency: Agency;
  readonly pds: Omit<SignIn, "tokenUrl"> & {
    /** Base address, down to `/FHIR/R4`. */
    readonly url: string | URL;
    readonly tokenUrl: string | URL;
    /** `pds` in `LANES`: five requests a second. */
    readonly lane: Lane;
    /** ODS code of the organisation on whose behalf the hub asks. */
    readonly endUserOrganisation: string;
  };
  /** The care record takes the same tokens. */
  readonly careRecord: { readonly url: string | URL; readonly lane: Lane };
  /** For tests: milliseconds since 1970. */
  readonly now?: () => number;
}

/** Health's systems as one. A record id is the care record's Patient id, or `pds-` and an NHS number for somebody whom only
 *  PDS knows. */
export function makeHealth({ agency, pds, careRecord, now }: HealthOptions): AgencySystem {
  // Signing in is no PDS request and does not count against its five a second: it has the care record's limits.
  const signIn = makeLane("health-sign-in", { ...careRecord.lane.settings, perSecond: null });
  const tokens = makeTokens({ ...pds, tokenUrl: new URL(pds.tokenUrl) }, signIn, now);
  const clinical = makeCareRecord(makeFhirClient(makeHttp(careRecord.lane, new URL(careRecord.url)), tokens));
  const register = makePds(
    makeFhirClient(makeHttp(pds.lane, new URL(pds.url)), tokens, {
      "nhsd-end-user-organisation-ods": pds.endUserOrganisation,
    }),
  );
  const sources = { careRecord: clinical, pds: register };
  const limitMs = Math.max(careRecord.lane.settings.limitMs, pds.lane.settings.limitMs);
  return {
    agency,
    ask: makeAsk({ ...sources, limitMs }),
    find: makeFind(sources),
    changes: makeChanges(clinical),
    check: async (call) => void (await Promise.all([clinical.check(call), register.check(call)])),
    close: async () => {},
  };
}
