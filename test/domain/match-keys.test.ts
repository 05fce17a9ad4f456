import { describe, expect, it } from "vitest";
import { matchTextsOf, plainName } from "../../src/domain/match-keys.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import type { Demographics } from "../../src/domain/statements.ts";
import { demographics, livingAt, named } from "../support/statements.ts";

const NHS = "9990123470";
const UPN = "A800999915001";
const bornOn = plainDate("2015-03-17");
const nhs = (value: string, verified = true): Demographics["identifiers"][number] => ({
  kind: "NHS_NUMBER",
  value,
  verified,
});
const upn = (value: string): Demographics["identifiers"][number] => ({ kind: "UPN", value, verified: true });
const textsOf = (change: Partial<Demographics>) =>
  matchTextsOf(demographics(change)).map(({ kind, text }) => `${kind} ${text}`);
/** Without the key that only weighs what others found. */
const linkingTextsOf = (change: Partial<Demographics>) =>
  textsOf(change).filter((text) => !text.startsWith("FORENAME_BORN"));

describe("a name as it is compared", () => {
  it.each([
    ["Amelia", "AMELIA"],
    ["  amelia ", "AMELIA"],
    ["Zoë", "ZOE"],
    ["Zoe\u0308", "ZOE"],
    ["Chloé", "CHLOE"],
    ["Smith-Jones", "SMITHJONES"],
    ["Smith Jones", "SMITHJONES"],
    ["O'Neill", "ONEILL"],
    ["O’Neill", "ONEILL"],
    ["Łucja", "ŁUCJA"],
    ["Straße", "STRASSE"],
    ["Саша", "САША"],
    ["-", ""],
    ["", ""],
  ])("%j is %j", (name, plain) => expect(plainName(name)).toBe(plain));
});

describe("the keys of a record", () => {
  it.each<[string, Partial<Demographics>, string[]]>([
    ["nothing known", {}, []],
    ["a verified NHS number without a birthday", { identifiers: [nhs(NHS)] }, [`NHS ${NHS}`]],
    [
      "a verified NHS number",
      { identifiers: [nhs("999 012 3470")], bornOn, names: [named("Zoë", null)] },
      [`NHS ${NHS}`, `NHS_BORN ${NHS}|2015-03-17`, `NHS_BORN_FORENAME ${NHS}|2015-03-17|ZOE`],
    ],
    [
      "an NHS number as copied",
      { identifiers: [nhs(NHS, false)], bornOn, names: [named("Zoë", null)] },
      [`NHS ${NHS}`, `NHS_BORN_FORENAME ${NHS}|2015-03-17|ZOE`],
    ],
    ["an NHS number mistyped", { identifiers: [nhs("9990123471")], bornOn }, []],
    ["a UPN", { identifiers: [upn(UPN.toLowerCase())], bornOn }, [`UPN ${UPN}`, `UPN_BORN ${UPN}|2015-03-17`]],
    ["a temporary UPN", { identifiers: [upn("L35320012100A")], bornOn }, []],
    ["a local number", { identifiers: [{ kind: "LOCAL_ID", value: NHS, verified: true }], bornOn }, []],
    [
      "a name, birthday and home",
      { names: [named("Amelia", "Smith-Jones")], bornOn, addresses: [livingAt("ox999zz")] },
      ["NAME_BORN_POSTCODE AMELIA|SMITHJONES|2015-03-17|OX99 9ZZ"],
    ],
    [
      "a year of birth alone",
      {
        names: [named("Amelia", "Example")],
        bornOn: plainDate("2015-01-01"),
        bornOnAccuracy: "YEAR",
        identifiers: [nhs(NHS), upn(UPN)],
        addresses: [livingAt("OX99 9ZZ")],
      },
      [`NHS ${NHS}`, `UPN ${UPN}`],
    ],
    [
      "a month of birth alone",
      { names: [named("Amelia", "Example")], bornOn, bornOnAccuracy: "MONTH", addresses: [livingAt("OX99 9ZZ")] },
      [],
    ],
    [
      "a former home alone",
      { names: [named("Amelia", "Example")], bornOn, addresses: [livingAt("OX99 9ZZ", "2025-01-01")] },
      [],
    ],
    ["no postcode", { names: [named("Amelia", "Example")], bornOn, addresses: [livingAt(null)] }, []],
    ["no surname", { names: [named("Amelia", null)], bornOn, addresses: [livingAt("OX99 9ZZ")] }, []],
    ["a surname of signs alone", { names: [named("Amelia", "-")], bornOn, addresses: [livingAt("OX99 9ZZ")] }, []],
    [
      "an unborn child",
      { expectedOn: plainDate("2026-06-01"), names: [named("Baby", "Example")], addresses: [livingAt("OX99 9ZZ")] },
      [],
    ],
  ])("with %s", (_, change, keys) => expect(linkingTextsOf(change)).toEqual(keys));

  it.each(["Baby", "Baby Boy", "BABY OF RACHEL", "Twin 1", "twin two", "Infant", "Unknown", "Not known", "-", ""])(
    "take %j for no name",
    (forename) => {
      const born = { bornOn, addresses: [livingAt("OX99 9ZZ")], identifiers: [nhs(NHS, false)] };
      expect(linkingTextsOf({ ...born, names: [named(forename, "Example")] })).toEqual([`NHS ${NHS}`]);
    },
  );

  it.each(["Babylon", "Twinkle", "Infanta", "Nona", "Noneya"])("take %s for a name", (forename) =>
    expect(
      linkingTextsOf({ bornOn, names: [named(forename, "Example")], addresses: [livingAt("OX99 9ZZ")] }),
    ).toHaveLength(1),
  );

  it("are made of every name and every home", () => {
    const texts = linkingTextsOf({
      bornOn,
      names: [named("Amelia", "Example"), { use: "KNOWN_AS", forenames: ["Millie", "Rose"], surname: "Marsh" }],
      addresses: [livingAt("OX99 9ZZ"), livingAt("OL99 1AA")],
    });
    expect(texts.toSorted()).toEqual([
      "NAME_BORN_POSTCODE AMELIA|EXAMPLE|2015-03-17|OL99 1AA",
      "NAME_BORN_POSTCODE AMELIA|EXAMPLE|2015-03-17|OX99 9ZZ",
      "NAME_BORN_POSTCODE MILLIE|MARSH|2015-03-17|OL99 1AA",
      "NAME_BORN_POSTCODE MILLIE|MARSH|2015-03-17|OX99 9ZZ",
    ]);
  });

  it.each<[string, Partial<Demographics>, string[]]>([
    ["each forename", { names: [named("Zoë", null), named("Millie", "Marsh")] }, ["ZOE", "MILLIE"]],
    ["no name given yet", { names: [named("Baby", "Example")] }, []],
    ["a year of birth alone", { names: [named("Zoë", null)], bornOnAccuracy: "YEAR" }, []],
  ])("weigh %s with the birthday", (_, change, names) =>
    expect(textsOf({ bornOn, ...change })).toEqual(names.map((name) => `FORENAME_BORN ${name}|2015-03-17`)),
  );
});
