// Requests that take long, and many of them.

import { describe, expect, it } from "vitest";
import { readOperations } from "../../src/resolvers/operations.ts";
import { NHS } from "../support/demo-records.ts";
import { type AttackWorld, inTurns } from "./world.ts";

const shipped = (name: string) => readOperations().find((operation) => operation.name === name)!.document;

export function slowness(world: () => AttackWorld): void {
  describe("a request", () => {
    it("for which an agency takes too long is stopped, and so is the agency", async () => {
      const { data } = await world().as("social-worker", shipped("find-child"), { kind: "NHS_NUMBER", value: NHS });
      const health = world().systems.get("health")!;
      const { ask } = health;
      const stopped: unknown[] = [];
      Object.assign(health, {
        ask: (_query: unknown, { signal }: { signal: AbortSignal }) =>
          new Promise((_, reject) => {
            signal.addEventListener("abort", () => {
              stopped.push(signal.reason);
              reject(signal.reason as Error);
            });
          }),
      });
      const answer = await world().as("social-worker", shipped("child-view"), { id: data.childByIdentifier.id });
      Object.assign(health, { ask });
      expect([answer.status, answer.data, answer.errors[0]?.extensions.code]).toEqual([504, null, "TOO_SLOW"]);
      expect(stopped).toHaveLength(1);
      const again = await world().as("social-worker", shipped("child-view"), { id: data.childByIdentifier.id });
      expect(again.errors).toEqual([]);
    });

    it("more to search than anybody needs is refused for a while; whoever else searches is not", async () => {
      const search = () =>
        world().as("police-officer", shipped("find-child"), { kind: "NHS_NUMBER", value: "9990246947" });
      const answers = await inTurns(Array.from({ length: 205 }), search);
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.map(({ errors }) => errors[0]!.extensions.code)).toEqual(
        Array.from({ length: 5 }, () => "TOO_MANY"),
      );
      const authorization = `Bearer ${await world().tokenOf("police-officer")}`;
      const body = JSON.stringify({ query: shipped("find-child"), variables: { kind: "NHS_NUMBER", value: NHS } });
      const { status, headers } = await world().send(body, { authorization });
      expect([status, Number(headers.get("retry-after"))]).toEqual([429, expect.any(Number)]);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await world().as("teacher", shipped("find-child"), { kind: "NHS_NUMBER", value: NHS })).status).toBe(200);
      // What a child at risk needs is not held up by it.
      const referral = {
        key: "attack-referral-2",
        identifier: { kind: "NHS_NUMBER", value: NHS },
        concern: "Something that an officer saw.",
        level: "level-4",
        immediateDanger: true,
      };
      expect((await world().as("police-officer", shipped("submit-referral"), { referral })).errors).toEqual([]);
    });

    it("of those who show no sign-in is answered so often and no more", async () => {
      let last = 401;
      for (let n = 0; n < 1_100 && last === 401; n += 20) {
        const answers = await Promise.all(Array.from({ length: 20 }, () => world().send('{"query":"{ me { id } }"}')));
        last = Math.max(...answers.map(({ status }) => status));
      }
      expect(last).toBe(429);
      // Whoever is signed in at the same address is let in.
      expect((await world().as("agency-developer", "{ me { role } }")).data.me.role).toBe("AGENCY_DEVELOPER");
    });
  });
}
