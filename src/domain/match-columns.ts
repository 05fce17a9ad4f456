// What the columns of a data team's file are, guessed from their names. Shown before anything is compared, and overridable.

import type { ComparisonKind } from "./compared.ts";

/** What a column is used for: a field of a person, a field of any other kind, or a part of one. */
export const COLUMN_FIELDS = {
  forename: { kind: "forename", says: "first name" },
  middle: { kind: "forename", says: "second and further first names" },
  surname: { kind: "surname", says: "family name" },
  formerSurname: { kind: "surname", says: "family name at birth or before; a second value of surname" },
  surnameMore: { kind: "surname", says: "a further part of the family name" },
  fullName: { kind: "surname", says: "the whole name: its first word is the first name, the rest the family name" },
  born: { kind: "born", says: "date of birth" },
  bornYear: { kind: "born", says: "year of birth" },
  bornMonth: { kind: "born", says: "month of birth" },
  bornDay: { kind: "born", says: "day of birth" },
  sex: { kind: "sex", says: "sex or gender" },
  postcode: { kind: "postcode", says: "postcode" },
  nhs: { kind: "identifier", says: "NHS number, with a right check digit" },
  upn: { kind: "identifier", says: "unique pupil number, with a right check letter" },
  uln: { kind: "identifier", says: "unique learner number, with a right check digit" },
  la: { kind: "identifier", says: "the local authority's child id" },
  pnc: { kind: "identifier", says: "Police National Computer id, with a right check letter" },
  identifier: { kind: "identifier", says: "another number that one person has" },
  phone: { kind: "phone", says: "telephone number" },
  email: { kind: "email", says: "e-mail address" },
  houseNumber: { kind: "number", says: "number of the house" },
  street: { kind: "text", says: "street, or first line of the address" },
  address: { kind: "text", says: "the rest of the address, or all of it" },
  town: { kind: "text", says: "town, suburb or city" },
  county: { kind: "category", says: "county, state or region" },
  country: { kind: "category", says: "country" },
  birthPlace: { kind: "text", says: "place of birth" },
  occupation: { kind: "category", says: "occupation" },
  text: { kind: "text", says: "any other words" },
  number: { kind: "number", says: "any other number" },
  category: { kind: "category", says: "one of a few values" },
} as const satisfies Readonly<Record<string, { readonly kind: ComparisonKind; readonly says: string }>>;
export type ColumnField = keyof typeof COLUMN_FIELDS;

export const isColumnField = (text: string): text is ColumnField => Object.hasOwn(COLUMN_FIELDS, text);

/** The kind of a field, also of one that a file has several of and that therefore has the column's name behind it (`text:colour`). */
export function kindOfField(field: string): ComparisonKind {
  const [base = ""] = field.split(":");
  return isColumnField(base) ? COLUMN_FIELDS[base].kind : "text";
}

const NAMES: Readonly<Record<ColumnField, string>> = {
  forename:
    "forename forenames forename_1 forename1 first_forename given_name given_names givenname given first_name firstname first_names first fname fname_c1 fore_name christian_name name_first first_name_clean known_as preferred_name preferred_forename preferred_first_name nickname alias_forename name1",
  middle: "middle middle_name middlename middle_names second_name second_forename forename_2 forename2 mname fname_c2",
  surname:
    "surname surnames family_name familyname family last_name lastname last lname lname_c1 sname sur_name name_last second_surname current_surname preferred_surname surname_clean name2",
  formerSurname:
    "former_surname previous_surname maiden_name birth_surname surname_at_birth birth_name former_name previous_name alias_surname other_surname née nee",
  surnameMore: "lname_c2 surname_2 surname2",
  fullName:
    "full_name fullname first_and_surname first_and_last_name forename_surname forename_and_surname name_surname name person_name whole_name complete_name display_name names name_full",
  born: "born dob d_o_b date_of_birth dateofbirth birth_date birthdate birthday birth_day_full bdate bd_date date_birth dob_clean birth born_on",
  bornYear: "by birth_year year_of_birth yob dob_year dob_y byear born_year y_o_b",
  bornMonth: "bm birth_month month_of_birth mob dob_month dob_m bmonth born_month",
  bornDay: "bd birth_day day_of_birth dob_day dob_d bday born_day",
  sex: "sex gender sex_code gender_code legal_sex sex_at_birth sexe",
  postcode:
    "postcode post_code postal_code postalcode zip zipcode zip_code pcode pcd pc postcode_fake plz home_postcode",
  nhs: "nhs nhs_number nhsnumber nhs_no nhsno nhs_num new_nhs_number",
  upn: "upn unique_pupil_number pupil_upn former_upn",
  uln: "uln unique_learner_number learner_number",
  la: "la_child_id lachildid la_child_number la_id ssd_id child_la_id",
  pnc: "pnc pnc_id pncid pnc_number",
  identifier:
    "soc_sec_id socsecid ssn social_security_number social_security soc_sec ni_number nino national_insurance_number national_insurance passport passport_number driving_licence driver_licence drivers_license medicare_number medicare hospital_number mrn patient_number national_id tax_id sin cro cro_number pds_id ehcp_number candidate_number",
  phone:
    "phone phone_number phonenumber telephone telephone_number tel tel_no mobile mobile_number mobile_phone cell cell_phone home_phone contact_number phone_home phone_mobile",
  email: "email e_mail email_address emailaddress mail e_mail_address",
  houseNumber:
    "street_number house_no house_number houseno house_num street_no streetnumber building_number number_of_house paon door_number",
  street:
    "street street_name streetname address_1 address1 address_line_1 address_line1 addr1 addr_1 line_1 road street_address address_street thoroughfare",
  address: "address address_2 address2 address_line_2 address_line2 addr2 addr_2 line_2 addr full_address home_address",
  town: "town city suburb village locality town_city post_town posttown place municipality address_city city_name address_3 address3 address_line_3",
  county: "county state region province lad local_authority district state_code ward area",
  country: "country nation country_code nationality country_of_birth",
  birthPlace: "birth_place birthplace place_of_birth pob town_of_birth city_of_birth birth_city born_in",
  occupation: "occupation job job_title profession occ",
  text: "",
  number: "",
  category: "ethnicity ethnic_group ethnic religion language first_language marital_status race",
};

const FIELD_OF = new Map(
  Object.entries(NAMES).flatMap(([field, names]) => names.split(" ").map((name) => [name, field as ColumnField])),
);
FIELD_OF.delete("");

/** Columns that say who is who rather than what somebody is like: comparing by them would be reading the answer. */
const TRUTH =
  /^((true|truth|real|actual|gold|golden|ground)(_.*)?|(cluster|clust|entity|ent|person|people|individual|match|matched|group|grp|dup|duplicate|family|household|label|master|golden)(_?(id|ids|no|num|number|key|label|group|name|index))?|labels|clusters|is_(match|dup|duplicate)|.*_(truth|label)|soft_label|simulant_id|uri|wikidata_id)$/;

/** Columns about the row and not about the person. */
const ABOUT_ROW =
  /^(index|row|row_(no|num|number|index|id)|line|line_(no|number)|unnamed(_.*)?|source(_.*)?|dataset|data_set|data_source|file|file_?name|origin|system|org|organisation|timestamp|created(_.*)?|updated(_.*)?|modified(_.*)?|extracted(_.*)?|loaded(_.*)?|batch(_.*)?|version|notes?|comments?|remarks?|url|score|weight|prob(ability)?|age|title|prefix|suffix|salutation|.*_(at|on|timestamp)|(start|end|admission|discharge|referral|event|entry|leaving|registration)_?date|date_(of_)?(entry|death|referral|admission|registration|leaving|extract|update)|blocking.*|tf_.*)$/;

const ID_NAMES =
  "id unique_id uniqueid uid rec_id recid record_id recordid row_id rowid source_id key record_number record_no record pk guid uuid ref reference case_id patient_id pupil_id child_id client_id student_id respondent_id local_id".split(
    " ",
  );

/** `dateOfBirth`, `Date of birth ` and `DATE-OF-BIRTH` are one name. */
export const plainHeader = (header: string): string =>
  header
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_")
    .replaceAll(/^_+|_+$/g, "");

const WHOSE =
  /^(patient|child|pupil|person|client|student|subject|learner|service_user|su|yp|young_person|individual|legal|current)_/;

/** What the name of a column says: a field, that it is the truth or about the row, or nothing. */
export function headerSays(header: string): ColumnField | "TRUTH" | "ROW" | null {
  const name = plainHeader(header);
  const field = FIELD_OF.get(name) ?? FIELD_OF.get(name.replace(WHOSE, "")) ?? FIELD_OF.get(name.replaceAll("_", ""));
  if (field) return field;
  if (TRUTH.test(name)) return "TRUTH";
  return name === "" || ABOUT_ROW.test(name) ? "ROW" : null;
}

/** Candidates for the column of ids, best first: well-known names, then whatever ends in `id`. */
export function idColumns(headers: readonly string[]): number[] {
  const rank = (header: string): number => {
    const name = plainHeader(header);
    const known = ID_NAMES.indexOf(name);
    if (known !== -1) return known;
    if (headerSays(header) !== null) return -1;
    return /(^|_)(id|identifier|ref|key|uid)$|id$/.test(name) ? ID_NAMES.length : -1;
  };
  return headers
    .map((header, at) => ({ at, rank: rank(header) }))
    .filter((found) => found.rank !== -1)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ at }) => at);
}
