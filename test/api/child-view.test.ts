import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readOperations } from "../../src/resolvers/operations.ts";
import { ENGINES } from "../support/engines.ts";
import { collectAll, startHubWorld, type HubWorld, type SystemName } from "../support/hub-world.ts";

const VIEW = readOperations().find(({ name }) => name === "child-view")!.document;
const BY_NUMBER = `query ($kind: IdentifierKind!, $value: String!) {
  childByIdentifier(identifier: { kind: $kind, value: $value }) { id } }`;
const AGENCY: Partial<Record<SystemName, string>> = {
  health: "health",
  education: "education",
  police: "police",
  socialCare: "social-care",
};
/** The longest a question may take when a system is gone: a lane's limit, and a busy machine. */
const WITHIN_MS = 5_000;
const ALL_LISTS = `query ($id: ID!) { child(id: $id) { family { relationships { role } sources { agency { id } status } }
  chronology { totalCount edges { node { kind } } sources { agency { id } status } } agencies { agency { id } status retrievedAt } } }`;

describe.each(ENGINES)("on $name, the demo child's view", (engine) => {
  let world: HubWorld;
  let amelia: string;
  const childId = async (value: string, kind = "NHS_NUMBER") =>
    (await world.ask("social-worker", BY_NUMBER, { kind, value })).data.childByIdentifier.id as string;
  const view = async (person: string, id: string) => (await world.ask(person, VIEW, { id })).data.child;
  const agencyOf = (child: any, id: string) => child.agencies.find((entry: any) => entry.agency.id === id);

  beforeAll(async () => {
    world = await startHubWorld(engine);
    await vi.waitFor(async () => expect((await pushes(world)).done).toBe(true), 30_000);
    await collectAll(world);
    amelia = await childId("9990123470");
  }, 120_000);
  afterAll(() => world?.close());

  it("lists what each of four systems says", async () => {
    const child = await view("social-worker", amelia);
    expect(child.agencies.map(({ agency, status }: any) => [agency.id, status])).toEqual([
      ["social-care", "RECORDED"],
      ["health", "RECORDED"],
      ["education", "RECORDED"],
      ["police", "RECORDED"],
    ]);
    expect(agencyOf(child, "social-care").states.map(({ kind }: any) => kind)).toContain("SECTION_47_ENQUIRY");
    expect(agencyOf(child, "health").events.map(({ kind }: any) => kind)).toContain("HOSPITAL_ATTENDANCE");
    expect(agencyOf(child, "education").events.map(({ kind }: any) => kind)).toContain("EXCLUSION");
    expect(agencyOf(child, "police").events).not.toHaveLength(0);
  });

  it("shows who works with the child and how to reach them", async () => {
    const { people, sources } = (await view("social-worker", amelia)).involvements;
    const worker = people.find(({ role, untilOn }: any) => role === "SOCIAL_WORKER" && untilOn === null);
    expect(worker).toMatchObject({ practitioner: "Priya Nair" });
    expect(worker.phone).toMatch(/^01632/);
    expect(sources).toHaveLength(4);
  });

  it("keeps a disagreement visible and explains which it shows first", async () => {
    const { bornOn, name } = (await view("social-worker", amelia)).demographics;
    expect(bornOn).toMatchObject({ preferred: "2019-03-14", disagree: false });
    expect(name).toMatchObject({ preferred: "Amelia Rose Hartley", disagree: true });
    expect(name.because).toBe("Oxfordshire health comes first for this; others state something else");
    expect(new Set(name.statements.map(({ value }: any) => value))).toEqual(
      new Set(["Amelia Rose Hartley", "Amelia Hartley", "Amelia Hartly"]),
    );
  });

  it("knows the child in a notice that misspells her, and says why", async () => {
    const { data } = await world.ask(
      "social-worker",
      "query ($id: ID!) { child(id: $id) { records { agencyId recordId because } } }",
      {
        id: amelia,
      },
    );
    const police = data.child.records.filter(({ agencyId }: any) => agencyId === "police");
    expect(police).toHaveLength(2);
    expect(police.map(({ because }: any) => because)).toEqual([
      expect.stringContaining("It is theirs"),
      expect.stringContaining("It is theirs"),
    ]);
  });

  it.each(["health", "education", "police", "socialCare"] as const)(
    "with %s killed says so for that agency alone",
    async (system) => {
      const before = await view("social-worker", amelia);
      await world.kill(system);
      const limit = AbortSignal.timeout(WITHIN_MS);
      const child = await view("social-worker", amelia);
      expect(limit.aborted, "answered within the time limit").toBe(false);
      const gone = AGENCY[system]!;
      for (const { agency, status, reason, involvements, states, events } of child.agencies) {
        if (agency.id !== gone) {
          expect([agency.id, status]).toEqual([agency.id, agencyOf(before, agency.id).status]);
          continue;
        }
        expect(status).toBe("DID_NOT_ANSWER");
        expect(reason).toMatch(/\w/);
        for (const list of [involvements, states, events]) expect(list === null || list.length > 0).toBe(true);
      }
      const { data } = await world.ask("social-worker", ALL_LISTS, { id: amelia });
      for (const { sources } of [data.child.family, data.child.chronology])
        expect(sources.find(({ agency }: any) => agency.id === gone).status).toBe("DID_NOT_ANSWER");
      expect(data.child.chronology.edges).not.toEqual([]);
      expect(agencyOf(data.child, gone).retrievedAt).toBe(null);
      const { notAnsweringSince } = agencyOf(child, gone);
      expect(Date.parse(notAnsweringSince)).not.toBeNaN();
      await world.revive(system);
      // A breaker may have opened; it tries again by itself.
      await expect
        .poll(async () => agencyOf(await view("social-worker", amelia), gone).status, { timeout: 20_000 })
        .toBe(agencyOf(before, gone).status);
    },
    60_000,
  );

  it("shows nothing as empty when no agency answers at all", async () => {
    const noah = await childId("9990246947");
    await Promise.all((["health", "education", "police", "socialCare"] as const).map((system) => world.kill(system)));
    const { data } = await world.ask(
      "social-worker",
      `query ($id: ID!) { child(id: $id) { demographics { names { full } identifiers { value } addresses { town } name { preferred } }
        family { relationships { role } } involvements { people { role } } chronology { edges { cursor } totalCount }
        agencies { status involvements { role } states { kind } events { kind } } } }`,
      { id: noah },
    );
    await Promise.all((["health", "education", "police", "socialCare"] as const).map((system) => world.revive(system)));
    const { demographics, family, involvements, chronology, agencies } = data.child;
    expect([demographics.names, demographics.identifiers, demographics.addresses]).toEqual([null, null, null]);
    expect([family.relationships, involvements.people, chronology.edges, chronology.totalCount]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    for (const { status, states } of agencies)
      expect([status, states]).toEqual([expect.stringMatching(/DID_NOT|NOT_ASKED/), null]);
    await expect
      .poll(async () => (await view("social-worker", noah)).agencies.map(({ status }: any) => status), {
        timeout: 30_000,
      })
      .not.toContain("DID_NOT_ANSWER");
  }, 60_000);

  it("withholds a restricted child's whereabouts, whoever states them", async () => {
    const elodie = await childId("9990740828");
    const { data, text } = await world.ask(
      "social-worker",
      `query ($id: ID!) { child(id: $id) { demographics { name { preferred statements { provenance { recordId statedAs } } } heldBy { preferred } identifiers { kind value } addresses { postcode lines } sources { agency { id } status reason } }
        records { agencyId recordId } family { relationships { name } sources { status } }
        agencies { agency { id } status reason states { kind } events { kind } involvements { role phone organisation provenance { recordId } } }
        chronology { totalCount edges { node { summary } } sources { status } } } }`,
      { id: elodie },
    );
    expect(data.child.demographics.name.preferred).toContain("Elodie");
    expect(data.child.demographics.addresses).toBeNull();
    expect(data.child.demographics.identifiers.map(({ kind }: any) => kind)).not.toContain("UPN");
    expect(data.child.records.map(({ recordId }: any) => recordId)).toEqual(data.child.records.map(() => null));
    expect(data.child.family.relationships).toBeNull();
    expect(data.child.chronology).toMatchObject({ edges: null, totalCount: null });
    const statuses = data.child.agencies.map(({ status }: any) => status);
    expect(new Set(statuses)).toEqual(new Set(["WITHHELD", "NOT_ASKED"]));
    expect(text).not.toMatch(/OX99|OL99|SCHOOL|Primary|A19\d{8}|Surgery/);
  });

  it("gives a page of the chronology and goes on from its cursor", async () => {
    const page = (after: string | null) =>
      world.ask(
        "social-worker",
        `query ($id: ID!, $after: String) { child(id: $id) { chronology(first: 3, after: $after) {
          totalCount edges { cursor node { on kind } } pageInfo { hasNextPage endCursor } } } }`,
        { id: amelia, after },
      );
    const first = (await page(null)).data.child.chronology;
    const second = (await page(first.pageInfo.endCursor)).data.child.chronology;
    expect(first.edges).toHaveLength(3);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const days = [...first.edges, ...second.edges].map(({ node }: any) => node.on);
    expect(days).toEqual([...days].sort().reverse());
    expect(second.edges[0].cursor).not.toBe(first.edges[0].cursor);
  });
});

/** Whether the force has sent everything it has. */
async function pushes({ simulators }: HubWorld): Promise<{ done: boolean }> {
  const response = await fetch(`${simulators.police.url}/__sim/pushes`);
  const { counts = {} } = (await response.json()) as { counts?: Record<string, number> };
  return { done: !counts["PENDING"] && !counts["WAITING"] && !counts["SENDING"] && Object.keys(counts).length > 0 };
}
