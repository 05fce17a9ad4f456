import { type Policies, readPolicies } from "../../src/store/policy-files.ts";

/** The folder that ships. */
export const POLICIES = new URL("../../policies/", import.meta.url);

export const { area, national }: Policies = readPolicies(POLICIES, "oxfordshire");
