// Letting go of people in notices that name others too.

import { describe, expect, it } from "vitest";
import { forgetRecords } from "../../src/adapters/police/forget.ts";
import { makePolice } from "../../src/adapters/police/police.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { memoryInbox } from "../support/police-inbox.ts";
import { aNotice, aPerson, FORCE } from "../support/police-town.ts";
import { AGENCY, deliver, RING } from "../support/police-world.ts";
import { call } from "./contract.ts";

const NOTICE = "PPN-2026-0100000";
const mother = aPerson({ id: "per-9", forenames: ["Nora"], surname: "Vellacott", bornOn: "1990-01-02", child: false });
const twins = [aPerson(), aPerson({ id: "per-2", forenames: ["Linnet"] })];

/** A force that only sends, with one notice in the inbox. */
async function kept(people = [...twins, mother]) {
  const inbox = memoryInbox();
  await deliver(inbox, aNotice({ people }));
  const system = makePolice({ agency: AGENCY, forceIdentifier: FORCE, inbox, ring: RING, readSide: null });
  const find = async (surname: string, bornOn: string) => {
    const search = { identifier: null, forename: null, postcode: null, surname, bornOn: plainDate(bornOn) };
    return (await system.find(search, call())).map(({ recordId }) => recordId);
  };
  const keys = () => inbox.entries[0]!.keys.filter((key) => !key.startsWith("forgotten|"));
  return {
    inbox,
    system,
    find,
    keys,
    forget: (...ids: string[]) => system.forget!(ids.map((id) => `${NOTICE}.${id}`)),
  };
}

describe("letting go of somebody in a police notice", () => {
  it("takes the key by which they are found, and leaves the others theirs", async () => {
    const { find, keys, forget } = await kept([twins[0]!, mother]);
    expect(await find("Quill", "2016-04-05")).toEqual([`${NOTICE}.per-1`]);
    expect(keys()).toHaveLength(2);
    await forget("per-1");
    expect(await find("Quill", "2016-04-05")).toEqual([]);
    expect(await find("Vellacott", "1990-01-02")).toEqual([`${NOTICE}.per-9`]);
    expect(keys()).toHaveLength(1);
  });

  it("leaves the notice as it was sent, to be read for the others", async () => {
    const { inbox, system, forget } = await kept();
    const before = structuredClone(inbox.entries[0]!.document);
    await forget("per-1");
    expect(inbox.entries[0]!.document).toEqual(before);
    const [answer] = await system.ask({ recordIds: [`${NOTICE}.per-9`], parts: ["EVENTS"] }, call());
    expect(answer!.events).toMatchObject({ status: "RECORDED" });
  });

  it("finds one twin by the key they share until both are let go of", async () => {
    const { find, keys, forget } = await kept();
    await forget("per-1");
    expect(await find("Quill", "2016-04-05")).toEqual([`${NOTICE}.per-2`]);
    expect(keys()).toHaveLength(2);
    await forget("per-2");
    expect(await find("Quill", "2016-04-05")).toEqual([]);
    expect(keys()).toHaveLength(1);
  });

  it("lets go of both when that is done at once", async () => {
    const { keys, forget } = await kept();
    await Promise.all([forget("per-1"), forget("per-2")]);
    expect(keys()).toHaveLength(1);
  });

  it("changes nothing when it is told again, or of records it never had", async () => {
    const { inbox, forget, system } = await kept();
    await forget("per-1");
    const before = structuredClone(inbox.entries);
    await forget("per-1");
    await system.forget!(["PPN-UNKNOWN.per-1", "none of ours"]);
    expect(inbox.entries).toEqual(before);
  });

  it("is held up in one notice that does not read, says so, and goes on with the next", async () => {
    const { inbox, find } = await kept();
    await deliver(inbox, aNotice({ submissionId: "PPN-SPOILT", logNumber: "LOG-SPOILT" }));
    const spoilt: typeof inbox = {
      ...inbox,
      read: async (...asked) =>
        (await inbox.read(...asked)).map((each) =>
          each.submissionId === "PPN-SPOILT" ? { ...each, document: null } : each,
        ),
    };
    const ids = ["PPN-SPOILT.per-1", `${NOTICE}.per-9`];
    const forgetting = forgetRecords({ inbox: spoilt, forceIdentifier: FORCE }, ids);
    await expect(forgetting).rejects.toMatchObject({ code: "MALFORMED" });
    expect(await find("Vellacott", "1990-01-02")).toEqual([]);
  });
});
