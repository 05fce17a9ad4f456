// A statement that looks for what is sealed finds nothing, and says nothing: so none may.

import { describe, expect, it } from "vitest";
import { SEALED } from "../src/store/sealed-columns.ts";
import { codeOf, readSources, type Source } from "./support/sources.ts";

const CALLS = String.raw`(?:find|findBy|findOne|findOneBy|findOneOrFail|findOneByOrFail|count|countBy|exists|existsBy|delete)`;

/** From an opening bracket to the one that closes it. */
function within(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if ("([{".includes(text[at] ?? "")) depth += 1;
    if (")]}".includes(text[at] ?? "")) depth -= 1;
    if (depth === 0) return text.slice(from, at + 1);
  }
  return text.slice(from);
}

const strays = (sources: readonly Source[]): string[] =>
  sources.flatMap(({ path, text }) => {
    const code = codeOf(text);
    return SEALED.flatMap(([row, ...columns]) =>
      [...code.matchAll(new RegExp(String.raw`\.${CALLS}(?=\(\s*${row.name}\b)`, "g"))].flatMap((call) => {
        const said = within(code, call.index + call[0].length).replace(/\bselect: \{[^}]*\}/, "");
        const named = columns.filter((column) => new RegExp(String.raw`[{,]\s*${column}\s*[:,}]`).test(said));
        return named.map((column) => `${path} looks for ${row.name}.${column}`);
      }),
    );
  });

describe("statements of the hub", () => {
  it("look for nothing that is sealed", () => expect(strays(readSources("src"))).toEqual([]));

  it.each([
    "db.findBy(ObligationEvent, { obligationId, because });",
    "db.find(AgencyRecordRow, { where: { agencyId, recordId: In(ids) } });",
    "manager.countBy(\n  Post,\n  { holderName: name, endedAt: IsNull() },\n);",
  ])("are caught at %s", (text) => expect(strays([{ path: "a", text }])).toHaveLength(1));

  it.each([
    "db.find(Post, { select: { id: true, holderName: true } });",
    "db.findBy(AgencyRecordRow, { agencyId, recordHash: In(recordHashes(hub, agencyId, recordIds)) });",
    "db.update(ObligationChange, id, { decidedBecause: because });",
  ])("may say %s", (text) => expect(strays([{ path: "a", text }])).toEqual([]));
});
