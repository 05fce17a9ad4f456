import { describe, expect, it } from "vitest";
import { MESSAGE_KINDS, nextDigest, retryAfterMs, vacant, wordsOf } from "../../src/domain/message.ts";
import { mayBeTold, mayConnectSystems, mayReadMessage } from "../../src/domain/sharing-telling.ts";
import type { Actor } from "../../src/domain/actor.ts";
import { national } from "../support/policies.ts";

describe("the next digest", () => {
  it.each([
    ["on a working day before it", "2026-03-02T07:00:00Z", "2026-03-02T08:30:00.000Z"],
    ["on a working day at the very time", "2026-03-02T08:30:00Z", "2026-03-03T08:30:00.000Z"],
    ["on a working day after it", "2026-03-02T09:00:00Z", "2026-03-03T08:30:00.000Z"],
    ["on a Friday evening", "2026-03-06T20:00:00Z", "2026-03-09T08:30:00.000Z"],
    ["on Maundy Thursday, over Easter and into summer time", "2026-04-02T10:00:00Z", "2026-04-07T07:30:00.000Z"],
    ["on Good Friday before it", "2026-04-03T05:00:00Z", "2026-04-07T07:30:00.000Z"],
    ["on Christmas Eve, with a substitute day", "2026-12-24T10:00:00Z", "2026-12-29T08:30:00.000Z"],
    ["after midnight in England, the day before in UTC", "2026-06-15T23:30:00Z", "2026-06-16T07:30:00.000Z"],
    ["after the table of bank holidays ends", "2040-01-06T10:00:00Z", "2040-01-07T08:30:00.000Z"],
  ])("of what is told %s", (_, at, expected) =>
    expect(nextDigest(new Date(at), "08:30", national.holidays).toISOString()).toBe(expected),
  );
});

describe("what was not taken", () => {
  it.each([
    [1, 1],
    [2, 2],
    [5, 16],
    [9, 256],
    [10, 360],
    [40, 360],
  ])("%i times is tried again after at most %i minutes, and at least three quarters of them", (tries, minutes) => {
    expect(retryAfterMs(tries, 0)).toBe(minutes * 60_000);
    expect(retryAfterMs(tries, 1)).toBe(minutes * 45_000);
  });
});

describe("the words of an email", () => {
  const message = (id: string, more = {}) => ({ id, kind: "LATE" as const, urgent: false, ...more });

  it("say what kind of thing, and where", () => {
    const { subject, text } = wordsOf([message("m-1")], "https://hub.example.org");
    expect(subject).toBe("Something about a case needs you");
    expect(text).toContain("- something is overdue.\n  https://hub.example.org/messages/m-1");
  });

  it("say what is urgent", () => {
    const { subject, text } = wordsOf([message("m-1", { urgent: true })], "https://hub.example.org");
    expect(subject).toBe("Urgent: something about a case needs you");
    expect(text).toContain("- Urgent: something is overdue.");
  });

  it("of a digest hold each", () => {
    const { subject, text } = wordsOf([message("m-1"), message("m-2")], "https://hub.example.org");
    expect(subject).toBe("Things about your cases need you");
    expect(text).toContain("(2)");
    expect(text.match(/\/messages\/m-\d/g)).toHaveLength(2);
  });

  it.each(MESSAGE_KINDS)("know %s", (kind) =>
    expect(wordsOf([message("m-1", { kind })], "https://hub.example.org").text).not.toContain("undefined"),
  );
});

describe("a vacant post", () => {
  it("has a name of its own", () => {
    expect(vacant({ agencyId: "police", teamId: null, role: "ESCALATION_LEAD" })).toBe("vacant:police/ESCALATION_LEAD");
    expect(vacant({ agencyId: "social-care", teamId: "mash", role: "MANAGER" })).toBe("vacant:mash/MANAGER");
  });
});

describe("who may", () => {
  const actor = (more: Partial<Actor>): Actor => ({
    kind: "PRACTITIONER",
    id: "me",
    name: "Somebody",
    role: "TEACHER",
    agencyId: "police",
    ...more,
  });

  it.each([
    ["the addressee", actor({}), "me", true],
    ["who looks after a vacant post", actor({}), "vacant:mash/MANAGER", true],
    ["somebody else", actor({}), "them", false],
    ["somebody without a role", actor({ role: null }), "me", false],
  ])("read a message: %s", (_, who, to, allowed) =>
    expect(mayReadMessage(who, to, new Set(["me", "vacant:mash/MANAGER"])).allowed).toBe(allowed),
  );

  it.each([
    ["a developer for their own agency", actor({ role: "AGENCY_DEVELOPER" }), "police", true],
    ["a developer for another", actor({ role: "AGENCY_DEVELOPER" }), "health", false],
    ["a developer of no agency", actor({ role: "AGENCY_DEVELOPER", agencyId: null }), null, false],
    ["a teacher", actor({}), "police", false],
  ])("connect a system: %s", (_, who, agencyId, allowed) =>
    expect(mayConnectSystems(who, agencyId).allowed).toBe(allowed),
  );

  it("be told: only somebody with a role here", () => {
    expect(mayBeTold(actor({})).allowed).toBe(true);
    expect(mayBeTold(actor({ role: null })).allowed).toBe(false);
  });
});
