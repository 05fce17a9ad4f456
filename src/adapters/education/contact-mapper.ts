// Who belongs to a student, as the school has it down.

import type { Provenance, StatedRelationship } from "../../domain/statements.ts";
import { roleOf } from "./contact-roles.ts";
import { recordIdOf } from "./record-id.ts";
import { sourceOf, words } from "./student-mapper.ts";
import type { Contact, Student } from "./student-body.ts";

/** A contact as a claim. The order of ringing and a court order have no field of their own, so they are kept in the
 *  school's words; parental responsibility is as stated and never read out of the role. */
function relationshipOf(contact: Contact, school: string, source: Provenance): StatedRelationship {
  const { relationship, priority, court_order, lives_with_pupil, parental_responsibility } = contact.relationship ?? {};
  const statedAs = [relationship, priority && `contact ${priority}`, court_order && "court order"].filter(Boolean);
  const forenames = words(contact.forename, contact.middle_names);
  const named = forenames.length > 0 || Boolean(contact.surname);
  return {
    role: roleOf(relationship),
    otherRecordId: recordIdOf(school, contact.id),
    otherName: named ? { use: "KNOWN_AS", forenames, surname: contact.surname ?? null } : null,
    otherBornOn: null,
    otherIdentifiers: [],
    parentalResponsibility: parental_responsibility ?? null,
    mainCarer: null,
    livesWithChild: lives_with_pupil ?? null,
    fromOn: null,
    untilOn: null,
    provenance: { ...source, statedAs: statedAs.join(", ") || null },
  };
}

/** The contacts in the order the school would ring them. */
export function relationshipsOf(student: Student, school: string): StatedRelationship[] {
  const last = Number.MAX_SAFE_INTEGER;
  const priority = ({ relationship }: Contact) => relationship?.priority ?? last;
  const contacts = student.contacts?.data.toSorted((a, b) => priority(a) - priority(b)) ?? [];
  return contacts.map((contact) => relationshipOf(contact, school, sourceOf(school, student)));
}
