// Checks that several inputs share. None of their sentences repeats what was given.

import { Length, Matches } from "class-validator";
import { EMAIL_ADDRESS } from "../domain/email-address.ts";
import { NAME_WORDS } from "./child.ts";

const A_SIGN_IN = { message: "must be a sign-in of 1 to 200 characters, with no space at its ends" };
const A_NAME = { message: "must be a name of 1 to 120 characters" };
const AN_ADDRESS = { message: "must be an email address of at most 254 characters" };
const NAMED = { message: "must be an id of the area's policy file" };

/** What shows and is one line. `vacant:` stands for posts that nobody holds: whoever were called so would read what waits for them. */
const SIGN_IN = /^(?!vacant:)(?!\s)(?![^]*\s$)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,200}$/iu;
const AREA_ID = /^[a-z0-9-]{1,40}$/;

/** A person's sign-in, as the issuer of tokens writes it. */
export const IsSignIn = (): PropertyDecorator => Matches(SIGN_IN, A_SIGN_IN);

/** An agency, a team or a level, as policy files may name one; whether there is one is for the service to say. */
export const IsAreaId = (): PropertyDecorator => Matches(AREA_ID, NAMED);

/** An address that somebody is written to. */
export const IsAddress = (): PropertyDecorator => Matches(EMAIL_ADDRESS, AN_ADDRESS);

/** A person's name, on one line. */
export const IsName = (): PropertyDecorator => (target, property) => {
  Length(1, 120, A_NAME)(target, property);
  Matches(NAME_WORDS, { message: "must hold letters, on one line" })(target, property);
};
