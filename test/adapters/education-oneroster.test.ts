// The simulated OneRoster: a capability of the schools' side that the hub does not use yet, held to its wire contract.

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ONEROSTER_CLIENT } from "../../simulators/education/education-simulator.ts";
import { AT_CLOSED_GATE, CLOSED_GATE, DUAL, LARCH_HILL, MANY, QUARRY_EDGE, startEducation } from "./education-world.ts";

const SCOPE = "https://purl.imsglobal.org/spec/or/v1p2/scope/";
const AMELIA = "A1749100001";

interface Thing extends Record<string, unknown> {
  sourcedId: string;
  metadata: Record<string, string>;
}

describe("the simulated OneRoster", () => {
  let world: Awaited<ReturnType<typeof startEducation>>;
  let token: string;

  async function signIn(form: Record<string, string>, { clientId, secret } = ONEROSTER_CLIENT): Promise<Response> {
    const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`;
    return fetch(new URL("/token", world.url), {
      method: "POST",
      headers: { authorization },
      body: new URLSearchParams(form),
    });
  }
  const tokenFor = async (scope: string): Promise<string> => {
    const answer = await signIn({ grant_type: "client_credentials", scope });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const get = (path: string, query: Record<string, string> = {}, bearer = token): Promise<Response> => {
    const url = new URL(`/ims/oneroster/rostering/v1p2/${path}`, world.url);
    url.search = new URLSearchParams(query).toString();
    return fetch(url, { headers: { authorization: `Bearer ${bearer}` } });
  };
  const list = async (path: string, query: Record<string, string> = {}): Promise<Thing[]> =>
    Object.values((await (await get(path, { limit: "1000", ...query })).json()) as Record<string, Thing[]>)[0]!;
  const idsOf = async (path: string, query: Record<string, string> = {}): Promise<string[]> =>
    (await list(path, query)).map(({ sourcedId }) => sourcedId);
  const one = async (path: string): Promise<Record<string, Thing>> =>
    (await (await get(path)).json()) as Record<string, Thing>;

  beforeAll(async () => {
    world = await startEducation();
    token = await tokenFor(`${SCOPE}roster.readonly ${SCOPE}roster-demographics.readonly`);
  });
  afterEach(() => world.sim("DELETE", "faults"));
  afterAll(() => world.close());

  it("gives a token for the scopes asked for", async () => {
    const scope = `${SCOPE}roster-core.readonly`;
    const answer = await signIn({ grant_type: "client_credentials", scope });
    expect(await answer.json()).toMatchObject({ token_type: "bearer", expires_in: 3600, scope });
  });

  it.each([
    ["another secret", { grant_type: "client_credentials", scope: `${SCOPE}roster.readonly` }, 401, "invalid_client"],
    ["another grant", { grant_type: "password", scope: `${SCOPE}roster.readonly` }, 400, "unsupported_grant_type"],
    ["no known scope", { grant_type: "client_credentials", scope: "everything" }, 400, "invalid_scope"],
  ])("gives no token for %s", async (what, form, status, error) => {
    const secret = what === "another secret" ? "wrong" : ONEROSTER_CLIENT.secret;
    const answer = await signIn(form, { ...ONEROSTER_CLIENT, secret });
    expect([answer.status, await answer.json()]).toEqual([status, { error }]);
  });

  it("has a pupil with UPN, both names, roles and contacts", async () => {
    const { user } = await one(`users/${AMELIA}`);
    expect(user).toMatchObject({
      sourcedId: AMELIA,
      status: "active",
      dateLastModified: "2026-02-27T18:02:41.000Z",
      metadata: { "uk.upn": "U931123420001", "uk.senProvision": "K", "uk.addressHidden": "false" },
      userIds: [{ type: "UPN", identifier: "U931123420001" }],
      enabledUser: "true",
      givenName: "Amelia",
      familyName: "Hartley",
      preferredFirstName: "Millie",
      roles: [{ roleType: "primary", role: "student", org: { sourcedId: LARCH_HILL, type: "org" } }],
      grades: ["02"],
    });
    const [mother] = user!["agents"] as { href: string }[];
    const answer = await fetch(mother!.href, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ user: { givenName: "Rachel", roles: [{ role: "parent" }] } });
  });

  it("has each person once, whatever they are", async () => {
    const users = await list("users");
    expect(new Set(users.map(({ sourcedId }) => sourcedId)).size).toBe(users.length);
    const teachers = await list("teachers");
    expect(teachers.map(({ metadata }) => metadata["uk.jobTitle"])).toEqual(
      expect.arrayContaining(["Special Educational Needs Coordinator"]),
    );
    expect(users.map(({ sourcedId }) => sourcedId)).toEqual(
      expect.arrayContaining([AMELIA, ...teachers.map(({ sourcedId }) => sourcedId)]),
    );
  });

  it("has a second registration as one that is not primary", async () => {
    const enrolled = await list("enrollments", { filter: `user.sourcedId='${DUAL.second}'` });
    expect(enrolled).toMatchObject([{ role: "student", primary: "false", school: { sourcedId: QUARRY_EDGE } }]);
  });

  it("has a birthday and sex among the demographics", async () => {
    expect(await one(`demographics/${AMELIA}`)).toMatchObject({
      demographics: { sourcedId: AMELIA, birthDate: "2019-03-14", sex: "female" },
    });
  });

  it("has authorities above the schools, and three terms a year", async () => {
    expect(await list("orgs", { filter: "type='district'" })).toMatchObject([
      { identifier: "931", children: [{ sourcedId: LARCH_HILL }, { sourcedId: QUARRY_EDGE }] },
    ]);
    expect(await list("terms", { filter: "schoolYear='2026'" })).toHaveLength(3);
    expect(await list("gradingPeriods")).toEqual([]);
  });

  it("goes from a school to its pupils, and between classes and pupils", async () => {
    expect(await idsOf(`schools/${QUARRY_EDGE}/students`)).toContain(DUAL.second);
    const [group] = await list(`students/${AMELIA}/classes`);
    expect(group).toMatchObject({ title: "Year 2", school: { sourcedId: LARCH_HILL } });
    expect(await idsOf(`classes/${group!.sourcedId}/students`)).toEqual([AMELIA]);
  });

  it.each([
    ["familyName='Hartley'", [AMELIA]],
    ["familyName~'HARTL'", [AMELIA]],
    ["familyName='Hartley' AND givenName='Kit'", []],
    ["familyName='Hartley' OR familyName='Marsh'", [AMELIA, "A1749100002"]],
    ["metadata.uk.upn='U931123420001'", [AMELIA]],
    ["dateLastModified>'2026-02-27T18:02:40Z' AND roles.role='student'", [AMELIA]],
    ["dateLastModified>='2026-02-27T18:02:42Z'", []],
    ["familyName='O''Hartley'", []],
  ])("filters by %s", async (filter, ids) => expect(await idsOf("students", { filter })).toEqual(ids));

  it("leaves out by != and by <", async () => {
    const before = { filter: "dateLastModified<'2026-02-27T18:02:41Z' AND familyName!='Marsh'" };
    const ids = await idsOf("students", before);
    expect(ids).toContain(MANY[0]);
    expect(ids).not.toContain(AMELIA);
    expect(ids).not.toContain("A1749100002");
  });

  it("pages by limit and offset, with the total and where to go on", async () => {
    const seen: string[] = [];
    let next: string | undefined = "students?limit=25";
    let pages = 0;
    for (; next; pages += 1) {
      const answer: Response = await get(
        next.split("?")[0]!,
        Object.fromEntries(new URLSearchParams(next.split("?")[1])),
      );
      const { users } = (await answer.json()) as { users: Thing[] };
      seen.push(...users.map(({ sourcedId }) => sourcedId));
      expect(answer.headers.get("x-total-count")).toBe(String(4 + MANY.length + 4));
      const link = answer.headers.get("link")!;
      expect(link).toContain('rel="first"');
      expect(link).toContain('rel="last"');
      next = /<[^>]*\/(students\?[^>]*)>; rel="next"/.exec(link)?.[1];
    }
    expect(pages).toBe(3);
    expect(new Set(seen).size).toBe(4 + MANY.length + 4);
  });

  it("gives a hundred where no limit is asked, sorted as asked", async () => {
    const { users } = (await (await get("users", { sort: "familyName", orderBy: "desc" })).json()) as {
      users: { familyName: string }[];
    };
    expect(users.length).toBeLessThanOrEqual(100);
    const names = users.map(({ familyName }) => familyName);
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? 1 : a === b ? 0 : -1)));
  });

  it("gives only the fields asked for", async () => {
    const filter = `sourcedId='${AMELIA}'`;
    expect(await list("students", { filter, fields: "sourcedId,givenName" })).toEqual([
      { sourcedId: AMELIA, givenName: "Amelia" },
    ]);
  });

  it.each([
    ["a filter by an unknown field", "users", { filter: "upn='U1'" }, 400, "invalid_filter_field"],
    ["a filter of three", "users", { filter: "role='a' AND role='b' AND role='c'" }, 400, "invalid_filter_field"],
    ["an unknown field", "users", { fields: "upn" }, 400, "invalid_selection_field"],
    ["a limit of none", "users", { limit: "0" }, 422, "invaliddata"],
    ["an odd order", "users", { orderBy: "up" }, 422, "invaliddata"],
    ["nobody", "users/nobody", {}, 404, "unknownobject"],
    ["no collection", "constructor", {}, 404, "unknownobject"],
    ["a school that has not approved", `schools/${CLOSED_GATE}`, {}, 403, "forbidden"],
    ["a pupil there", `users/${AT_CLOSED_GATE}`, {}, 404, "unknownobject"],
  ])("refuses %s in its own words", async (_, path, query, status, minor) => {
    const answer = await get(path, query);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      imsx_codeMajor: "failure",
      imsx_severity: "error",
      imsx_CodeMinor: { imsx_codeMinorField: [{ imsx_codeMinorFieldValue: minor }] },
    });
  });

  it("refuses an unknown token, and one without the scope", async () => {
    const core = await tokenFor(`${SCOPE}roster-core.readonly`);
    const answers = [
      await get("users", {}, "wrong"),
      await get("demographics", {}, core),
      await get("users", {}, core),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 200]);
  });

  it("wraps a failure of the server, too", async () => {
    await world.sim("POST", "faults", { route: "/ims/oneroster", mode: "status", status: 503, count: 1 });
    const answer = await get("users");
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { imsx_CodeMinor: { imsx_codeMinorField: [{ imsx_codeMinorFieldValue: "internal_server_error" }] } },
    ]);
  });

  it("keeps a deleted pupil as to be deleted, without a name", async () => {
    await world.sim("POST", "emit", { type: "student.deleted", student: MANY[59] });
    const gone = await list("students", { filter: "status='tobedeleted'" });
    expect(gone).toMatchObject([{ sourcedId: MANY[59], enabledUser: "false", givenName: "", familyName: "" }]);
    expect(await idsOf("enrollments", { filter: `user.sourcedId='${MANY[59]}'` })).toEqual([]);
  });

  it("is busy above the rate the schools allow", async () => {
    const busy = await startEducation({ perSecond: 0 });
    const answer = await fetch(new URL("/ims/oneroster/rostering/v1p2/users", busy.url));
    expect([answer.status, await answer.json()]).toMatchObject([
      429,
      { imsx_CodeMinor: { imsx_codeMinorField: [{ imsx_codeMinorFieldValue: "server_busy" }] } },
    ]);
    await busy.close();
  });
});
