// What an agency says live may still carry a sealed number, or name somebody who is sealed. Neither is shown.

import type { Answer } from "../adapters/agency-system.ts";
import { itemsOf, type PartAnswer, told } from "../domain/absence.ts";
import { comparedNumber, sealedNumberText, textsNaming, textsOfNumbers } from "../domain/sealed.ts";
import type { Demographics, StatedIdentifier, StatedRelationship } from "../domain/statements.ts";
import type { Hub } from "./hub.ts";
import { sealedAmong } from "./sealing.ts";

/** The same answers of one agency without sealed numbers, and without relationships that name somebody sealed. What is left out leaves
 *  no gap: a list that held nothing else says that nothing is recorded. */
export async function withoutSealed(
  hub: Hub,
  agencyId: string,
  answers: readonly Answer[],
): Promise<readonly Answer[]> {
  const texts = answers.flatMap(({ demographics, relationships }) => [
    ...itemsOf(demographics).flatMap(({ identifiers }) => textsOfNumbers(identifiers)),
    ...itemsOf(relationships).flatMap((claim) => textsNaming(agencyId, claim)),
  ]);
  const sealed = await sealedAmong(hub, texts);
  if (sealed.size === 0) return answers;
  const isSealed = (identifier: StatedIdentifier) => {
    const number = comparedNumber(identifier);
    return number !== null && sealed.has(sealedNumberText(number));
  };
  const known = (who: Demographics): Demographics => ({
    ...who,
    identifiers: who.identifiers.filter((identifier) => !isSealed(identifier)),
  });
  const mayBeNamed = (claim: StatedRelationship) => !textsNaming(agencyId, claim).some((text) => sealed.has(text));
  return answers.map((answer) => ({
    ...answer,
    demographics: having(answer.demographics, (who) => who.map(known)),
    relationships: having(answer.relationships, (claims) => claims.filter(mayBeNamed)),
  }));
}

/** The part with other items; a recorded part that keeps none is one in which nothing is recorded. */
function having<Item>(part: PartAnswer<Item>, change: (items: readonly Item[]) => readonly Item[]): PartAnswer<Item> {
  if (!("items" in part)) return part;
  const items = change(part.items);
  return part.status === "RECORDED" ? told(items) : { ...part, items };
}
