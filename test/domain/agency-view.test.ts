import { describe, expect, it } from "vitest";
import { itemsOf, type Part, type PartAnswer, PARTS } from "../../src/domain/absence.ts";
import { type AgencyView, FIELD_OF, hide, located, safeSubset, standing } from "../../src/domain/agency-view.ts";
import { INVOLVEMENT_ROLES, type Involvement } from "../../src/domain/statements.ts";
import { fullView, involvement } from "../support/statements.ts";

const silent = (items: readonly never[] = []): PartAnswer<never> => ({
  status: "DID_NOT_ANSWER",
  fault: "TIMEOUT",
  reason: "Schools did not answer in time",
  items,
});
const statusOf = (view: AgencyView, part: Part) => view[FIELD_OF[part]].status;

describe("where a view stands", () => {
  it("is recorded with nothing to explain", () =>
    expect(standing(fullView())).toEqual({ status: "RECORDED", reason: null }));

  it("is the gravest part's, with its reason", () =>
    expect(standing(fullView({ events: silent() }))).toEqual({
      status: "DID_NOT_ANSWER",
      reason: "Schools did not answer in time",
    }));

  it("says one reason once and several in turn", () => {
    const other: PartAnswer<never> = { ...silent(), status: "DID_NOT_ANSWER", reason: "Another reason" } as never;
    expect(standing(fullView({ events: silent(), states: silent(), relationships: other })).reason).toBe(
      "Another reason; Schools did not answer in time",
    );
  });

  it("is asked of some parts alone", () => {
    const view = fullView({ events: silent() });
    expect(standing(view, ["STATES"]).status).toBe("RECORDED");
    expect(standing(view, ["STATES", "EVENTS"]).status).toBe("DID_NOT_ANSWER");
  });
});

describe("what somebody outside the team may know", () => {
  it("is who the child is: no number, no address, no record", () => {
    const [who] = itemsOf(located(fullView(), "outside").demographics);
    expect(who?.names).toEqual(itemsOf(fullView().demographics)[0]?.names);
    expect(who).toMatchObject({ identifiers: [], addresses: [], heldBy: null, provenance: { recordId: null } });
  });

  it("is no more where the agency failed and something was known before", () => {
    const { demographics } = fullView();
    const failed = { ...silent(), items: itemsOf(demographics) } as typeof demographics;
    const view = located(fullView({ demographics: failed }), "outside");
    expect(view.demographics.status).toBe("DID_NOT_ANSWER");
    expect(itemsOf(view.demographics)[0]).toMatchObject({ identifiers: [], addresses: [] });
  });
});

describe("hidden parts", () => {
  it("are withheld with the reason and nothing in them", () => {
    const view = hide(fullView(), { EVENTS: "another sector's" });
    expect(view.events).toEqual({ status: "WITHHELD", rule: "another sector's", items: [] });
    const [state] = itemsOf(fullView().states);
    expect(state?.provenance.recordId).not.toBeNull();
    expect(itemsOf(view.states)).toEqual([{ ...state, provenance: { ...state?.provenance, recordId: null } }]);
  });

  it("do not tell whether the agency answered", () => {
    expect(hide(fullView({ events: silent() }), { EVENTS: "x" }).events).toEqual(
      hide(fullView({ events: { status: "NOTHING_RECORDED" } }), { EVENTS: "x" }).events,
    );
  });

  it("may be none", () => expect(hide(fullView(), {})).toEqual(fullView()));
});

describe("a restricted child", () => {
  const safe = safeSubset(fullView());

  it("is withheld in every part", () =>
    expect(PARTS.map((part) => statusOf(safe, part))).toEqual(PARTS.map(() => "WITHHELD")));

  it("keeps who they are, without where", () => {
    const [who] = itemsOf(safe.demographics);
    expect(who?.names).toEqual(itemsOf(fullView().demographics)[0]?.names);
    expect(who).toMatchObject({ addresses: [], heldBy: null });
  });

  it.each(["RELATIONSHIPS", "STATES", "EVENTS"] as const)("shows nothing of %s", (part) =>
    expect(itemsOf<unknown>(safe[FIELD_OF[part]] as PartAnswer<unknown>)).toEqual([]),
  );

  it("shows who to ring where that locates nobody", () => {
    const all: PartAnswer<Involvement> = { status: "RECORDED", items: INVOLVEMENT_ROLES.map(involvement) };
    const shown = itemsOf(safeSubset(fullView({ involvements: all })).involvements).map(({ role }) => role);
    expect(shown).toEqual(["SOCIAL_WORKER", "POLICE_OFFICER", "INDEPENDENT_REVIEWING_OFFICER", "REFERRAL_UNIT"]);
  });

  it.each(PARTS)("hides it where nothing is recorded of %s", (part) => {
    const view = safeSubset(fullView({ [FIELD_OF[part]]: { status: "NOTHING_RECORDED" } }));
    expect(statusOf(view, part)).toBe("WITHHELD");
  });

  it.each(PARTS)("still learns that nobody answered about %s", (part) => {
    const full = fullView();
    const failed = { ...silent(), items: itemsOf<unknown>(full[FIELD_OF[part]] as PartAnswer<unknown>) };
    const view = safeSubset({ ...full, [FIELD_OF[part]]: failed });
    expect(statusOf(view, part)).toBe("DID_NOT_ANSWER");
    const items = JSON.stringify(view[FIELD_OF[part]]);
    for (const place of ["OX99 9ZZ", "Quarry", "A school", "Larch Hill", "Rachel"]) expect(items).not.toContain(place);
  });

  it("is not asked about what was not asked", () => {
    const notAsked = { status: "NOT_ASKED", reason: "not asked for" } as const;
    expect(safeSubset(fullView({ events: notAsked })).events).toEqual(notAsked);
  });
});
