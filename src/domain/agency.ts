/** The kind of organisation an agency is. Each has an adapter folder of its own once a system of that kind is connected. */
export const SECTORS = [
  "SOCIAL_CARE",
  "HEALTH",
  "POLICE",
  "EDUCATION",
  "HOUSING",
  "YOUTH_JUSTICE",
  "VOLUNTARY",
  "PARTNERSHIP",
] as const;
export type Sector = (typeof SECTORS)[number];

/** An organisation: a council, a trust, a force, a school trust, the partnership's own business unit. */
export interface Agency {
  /** Short and stable, in the area's policy file: `social-care`, `health`. */
  readonly id: string;
  readonly name: string;
  readonly sector: Sector;
}
