import { plainDate } from "../../src/domain/plain-date.ts";
import { describeAgencySystem } from "./contract.ts";
import { makeFakeSystem, person, provenanceOf, type FakeRecord } from "../support/fake-system.ts";

const record = (recordId: string, forename: string): FakeRecord => ({
  recordId,
  demographics: person(recordId, { forename, surname: "Example", bornOn: "2015-05-05" }),
  states: [
    {
      kind: "CHILD_IN_NEED",
      category: null,
      summary: "Child in need plan",
      fromOn: null,
      untilOn: null,
      provenance: provenanceOf(recordId),
    },
  ],
});

describeAgencySystem("the in-memory fake", async () => {
  const others = Array.from({ length: 10 }, (_, index) => record(`fake-${index + 2}`, `Other${index}`));
  const hidden = { ...record("fake-r", "Hidden"), restricted: true };
  const system = makeFakeSystem({ id: "fake", name: "Fake", sector: "VOLUNTARY" }, [
    record("fake-1", "Known"),
    ...others,
    {
      ...hidden,
      demographics: {
        ...hidden.demographics,
        addresses: [
          {
            use: "HOME",
            lines: ["1 Secret Lane"],
            town: null,
            postcode: null,
            uprn: null,
            fromOn: null,
            untilOn: null,
          },
        ],
      },
    },
  ]);
  const search = { identifier: null, forename: null, postcode: null, bornOn: plainDate("2015-05-05") };
  return {
    system,
    known: { recordId: "fake-1", has: ["DEMOGRAPHICS", "STATES"] },
    others: others.map(({ recordId }) => recordId),
    restricted: { recordId: "fake-r", hidden: ["Secret Lane"] },
    finds: { ...search, surname: "Example" },
    findsNobody: { ...search, surname: "Nobody" },
    personal: ["Known", "2015-05-05"],
    fail: {
      hang: async () => system.failWith("TIMEOUT"),
      refuse: async () => system.failWith("UNAVAILABLE"),
      busy: async () => system.failWith("THROTTLED"),
      malformed: async () => system.failWith("MALFORMED"),
      unauthorised: async () => system.failWith("AUTH"),
    },
    heal: async () => system.failWith(null),
    countRequests: async () => system.countRequests(),
    limitMs: 1_000,
    close: () => system.close(),
  };
});
