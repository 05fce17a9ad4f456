// The town's systems asked by hand, as well as each protocol allows, and nothing done with what they say: the least time in
// which the same data can be had.

import { readFileSync } from "node:fs";
import { createPrivateKey, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { createPool } from "mysql2/promise";
import pThrottle from "p-throttle";
import pg from "pg";
import type { TownAccess } from "./town.ts";

const POOL = 10;
const PAGE = 1_000;
const REGISTER_FROM = "2026-02-03";
/** A page of the register holds five students' marks. */
const MARKS_AT_ONCE = 5;
/** As the hub does: a few students one by one, more by the school's roll. */
const SINGLY_UP_TO = 4;

/** Tables by the column that names the child. */
const BY_PERSON: readonly (readonly [table: string, column: string])[] = [
  ["ssd_person", "pers_person_id"],
  ["ssd_ext_restriction", "rst_person_id"],
  ["ssd_involvements", "invo_person_id"],
  ["ssd_early_help_episodes", "earl_person_id"],
  ["ssd_cla_episodes", "clae_person_id"],
  ["ssd_cp_plans", "cppl_person_id"],
  ["ssd_s47_enquiry", "s47e_person_id"],
  ["ssd_cin_episodes", "cine_person_id"],
  ["ssd_cin_plans", "cinp_person_id"],
  ["ssd_legal_status", "lega_person_id"],
  ["ssd_missing", "miss_person_id"],
  ["ssd_disability", "disa_person_id"],
  ["ssd_cin_assessments", "cina_person_id"],
  ["ssd_contacts", "cont_person_id"],
  ["ssd_initial_cp_conference", "icpc_person_id"],
  ["ssd_cp_reviews", "cppr_person_id"],
  ["ssd_cin_visits", "cinv_person_id"],
  ["ssd_cp_visits", "cppv_person_id"],
  ["ssd_cla_placement", "clap_person_id"],
  ["ssd_sdq_scores", "csdq_person_id"],
];
/** Tables reached through another: still one statement each. */
const THROUGH = (ids: string): readonly string[] => {
  const involved = `FROM ssd_involvements WHERE invo_person_id IN (${ids})`;
  return [
    `SELECT * FROM ssd_professionals WHERE prof_professional_id IN (SELECT invo_professional_id ${involved})`,
    `SELECT * FROM ssd_department WHERE dept_team_id IN (SELECT invo_professional_team ${involved})`,
    `SELECT * FROM ssd_assessment_factors WHERE cinf_assessment_id IN
       (SELECT cina_assessment_id FROM ssd_cin_assessments WHERE cina_person_id IN (${ids}))`,
    "SELECT * FROM ssd_ext_change_log ORDER BY seq DESC LIMIT 1",
  ];
};
const TYPES = ["Patient", "EpisodeOfCare", "Flag", "CarePlan", "Encounter", "Observation"];

export type RawSources = Awaited<ReturnType<typeof openRawSources>>;

/** `educationPerSecond`: the limit that the hub keeps to in its education lane; null for none. */
export async function openRawSources(
  { health, education, police, socialCare }: TownAccess,
  educationPerSecond: number | null,
) {
  const sql = openSql(socialCare.databaseUrl);
  const token = await healthToken(health);

  async function json(url: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(url, init);
    if (!response.ok) throw new Error(`A simulator answered ${response.status}`);
    return response.json();
  }

  const limit = educationPerSecond ?? 1;
  const turn = pThrottle({ limit, interval: 1_000, strict: true })(() => {});

  async function school(path: string): Promise<unknown> {
    if (educationPerSecond !== null) await turn();
    return json(`${education.url}/v1.0/schools/${path}`, { headers: { authorization: `Bearer ${education.token}` } });
  }

  async function register(id: string, students: readonly string[]): Promise<unknown[]> {
    const chunks = Array.from({ length: Math.ceil(students.length / MARKS_AT_ONCE) }, (_, at) =>
      students.slice(at * MARKS_AT_ONCE, (at + 1) * MARKS_AT_ONCE),
    );
    const include = "include=extended_details,education_details,attendance_summary";
    const since = `attendance_date_after=${REGISTER_FROM}&include=attendance_code&per_page=200&cursor=true`;
    return Promise.all([
      ...(students.length <= SINGLY_UP_TO
        ? students.map((student) => school(`${id}/students/${student}?${include}`))
        : [school(`${id}/students?${include}&per_page=200&cursor=true`)]),
      ...chunks.map((chunk) => school(`${id}/attendance?student=${chunk.join(",")}&${since}`)),
      school(`${id}/exclusions?student=${students.join(",")}&per_page=200&cursor=true`),
    ]);
  }

  return {
    socialCare(ids: readonly string[]): Promise<unknown[]> {
      const quoted = ids.map((id) => `'${id.replaceAll(/\W/g, (sign) => (sign === "-" ? sign : ""))}'`).join(",");
      const direct = BY_PERSON.map(([table, column]) => `SELECT * FROM ${table} WHERE ${column} IN (${quoted})`);
      return Promise.all([...direct, ...THROUGH(quoted)].map(sql.query));
    },
    health: (ids: readonly string[]): Promise<unknown[]> =>
      Promise.all(
        TYPES.map((type) =>
          json(`${health.url}/fhir/R4/${type}/_search`, {
            method: "POST",
            headers: {
              authorization: `Bearer ${token}`,
              accept: "application/fhir+json",
              "x-request-id": randomUUID(),
            },
            body: new URLSearchParams({
              [type === "Patient" ? "_id" : "patient"]: ids.join(","),
              _count: String(PAGE),
            }),
          }),
        ),
      ),
    education(recordIds: readonly string[]): Promise<unknown[]> {
      const bySchool = new Map<string, string[]>();
      for (const recordId of recordIds) {
        const [id = "", student = ""] = recordId.split(".");
        bySchool.set(id, [...(bySchool.get(id) ?? []), student]);
      }
      return Promise.all([...bySchool].map(([id, students]) => register(id, students)));
    },
    police(recordIds: readonly string[]): Promise<unknown> {
      const submissions = [...new Set(recordIds.map((id) => id.slice(0, id.lastIndexOf("."))))];
      const include = "submission,publicProtectionNotice,person,location";
      const query = { "filter[submissionId]": submissions.join(","), include, "page[size]": "100" };
      const headers = {
        "x-client-id": police.clientId,
        "x-client-secret": police.secret,
        "x-access-purpose": "children-act-1989-s17",
      };
      return json(`${police.url}/incidents?${new URLSearchParams(query).toString()}`, { headers });
    },
    close: () => sql.end(),
  };
}

function openSql(url: string): { query(text: string): Promise<unknown>; end(): Promise<void> } {
  if (url.startsWith("postgres")) {
    const pool = new pg.Pool({ connectionString: url, max: POOL });
    return { query: async (text) => (await pool.query(text)).rows as unknown, end: () => pool.end() };
  }
  const pool = createPool({ uri: url, connectionLimit: POOL, dateStrings: true });
  return { query: async (text) => (await pool.query(text))[0], end: () => pool.end() };
}

async function healthToken({ url, clientId, keyFile }: TownAccess["health"]): Promise<string> {
  const tokenUrl = `${url}/oauth2/token`;
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: "RS512", kid: clientId, typ: "JWT" })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(tokenUrl)
    .setJti(randomUUID())
    .setExpirationTime("4m")
    .sign(createPrivateKey(readFileSync(keyFile)));
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
  });
  const response = await fetch(tokenUrl, { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}
