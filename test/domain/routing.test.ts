import { describe, expect, it } from "vitest";
import { routeOf, type RoutingRule } from "../../src/domain/routing.ts";
import { area } from "../support/policies.ts";

const RULES: readonly RoutingRule[] = [
  { rule: "danger", immediateDanger: true, to: "mash", because: "danger", source: "an example" },
  { rule: "low", levels: ["level-1", "level-2"], to: "early-help", because: "low", source: "an example" },
  {
    rule: "calm-high",
    levels: ["level-4"],
    immediateDanger: false,
    to: "assessment",
    because: "high",
    source: "an example",
  },
  { rule: "rest", to: "mash", because: "the rest", source: "an example" },
];

describe("a referral goes", () => {
  it.each([
    ["level-1", false, "early-help", "low"],
    ["level-2", false, "early-help", "low"],
    ["level-2", true, "mash", "danger"],
    ["level-3", false, "mash", "rest"],
    ["level-4", false, "assessment", "calm-high"],
    ["level-4", true, "mash", "danger"],
    ["a level nobody knows", false, "mash", "rest"],
  ])("at %s with danger %s to %s by %s", (...[level, immediateDanger, teamId, rule]) =>
    expect(routeOf({ level, immediateDanger }, RULES)).toMatchObject({ teamId, rule }),
  );

  it("to the first that fits", () =>
    expect(routeOf({ level: "level-1", immediateDanger: false }, RULES.toReversed())).toEqual({
      teamId: "mash",
      rule: "rest",
      because: "the rest",
    }));

  it("nowhere only where the table is broken", () =>
    expect(() => routeOf({ level: "level-3", immediateDanger: false }, RULES.slice(0, -1))).toThrow("no last rule"));

  it.each(area.levels.flatMap(({ id }) => [true, false].map((danger) => [id, danger] as const)))(
    "somewhere in Oxfordshire at %s with danger %s",
    (level, immediateDanger) => {
      const { teamId } = routeOf({ level, immediateDanger }, area.routing);
      expect(area.teams.map(({ id }) => id)).toContain(teamId);
      if (immediateDanger || level === "level-4") expect(teamId).toBe("mash");
    },
  );
});
