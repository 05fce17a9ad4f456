import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { identityIn } from "../support/identity-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const CHILD = `query ($id: ID!) { child(id: $id) { id } }`;
const CORRECTION = `query ($id: ID!) { identityCorrection(id: $id) { told radius { records readers { actorId } touched { kind } } } }`;
const LIST = `{ identityCorrections(first: 5) { edges { node { id radius { readers { actorId } } } } } }`;
const TOLD = `query ($id: ID!) { toBeTold(correctionId: $id) { readers { actorId toldAt readAt times } shared { toAgencyId power } } }`;
const REFER = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id } }`;

// Which rows they are is the same on every engine.
describe.each(ENGINES.slice(0, 1))("on $name, whom a correction reached", (engine) => {
  let world: LightHub;
  const our = identityIn(() => world);
  let correctionId: string;

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
    const { review, left, right } = await our.twins("Featherstone");
    await our.decide("identity-reviewer", review.id, "MATCH");
    await our.decide("second-reviewer", review.id, "MATCH");
    const moved = (await our.again(left)).personId === left.personId ? right : left;
    const childId = (await our.again(moved)).personId;
    await world.ask("health-visitor", CHILD, { id: childId });
    const concern = { concern: "Came to school tired.", level: "level-4", immediateDanger: false };
    await world.ask("teacher", REFER, { referral: { key: "told-of-both", childId, ...concern } });
    const { agencyId, recordId } = moved;
    correctionId = (await our.undo("identity-reviewer", { agencyId, recordId })).correction.id;
  });
  afterAll(() => world?.close());

  it.each(["identity-reviewer", "mash-manager", "data-protection-officer"])("is for a %s to see", async (person) => {
    const { radius } = (await world.ask(person, CORRECTION, { id: correctionId })).data.identityCorrection;
    expect(radius.readers).toContainEqual({ actorId: "demo|health-visitor" });
  });

  it.each(["social-worker", "conference-chair"])(
    "is not for a %s, who looks at what was made meanwhile",
    async (person) => {
      const { radius, told } = (await world.ask(person, CORRECTION, { id: correctionId })).data.identityCorrection;
      expect(radius).toMatchObject({ records: 1, readers: null });
      expect(radius.touched).toContainEqual({ kind: "REFERRAL" });
      expect(told).toBeGreaterThan(0);
      const { edges } = (await world.ask(person, LIST)).data.identityCorrections;
      expect(edges).toEqual([{ node: { id: correctionId, radius: { readers: null } } }]);
    },
  );

  it("is who the officer must see told, and with whom it was shared that nobody has told", async () => {
    const { readers, shared } = (await world.ask("data-protection-officer", TOLD, { id: correctionId })).data.toBeTold;
    const visitor = readers.find(({ actorId }: { actorId: string }) => actorId === "demo|health-visitor");
    expect(visitor).toMatchObject({ times: 1, readAt: null });
    expect(visitor.toldAt).not.toBeNull();
    expect(shared).toEqual([{ toAgencyId: "social-care", power: "EDUCATION_ACT_2002_S175" }]);
    const nobody = await world.ask("data-protection-officer", TOLD, { id: "01a1ffda-881d-704b-8279-d4693c6176f3" });
    expect(nobody.errors[0]).toMatchObject({ extensions: { code: "NOT_FOUND" } });
  });
});
