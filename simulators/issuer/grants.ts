import { LRUCache } from "lru-cache";
import { z } from "zod";
import { type DemoPerson, findPerson, WHO_THERE_IS } from "./people.ts";

/** Whom a token is for when nobody says otherwise; the hub asks for this audience. */
export const HUB_AUDIENCE = "safeguarding-hub";
/** Seconds, as in the brief of most real issuers. */
export const USUAL_LIFETIME = 3_600;

/** Who signed in at the authorize page, kept until the code is exchanged. */
export interface SignIn {
  readonly person: DemoPerson;
  readonly clientId: string | null;
  readonly redirectUri: string | null;
  readonly audience: readonly string[];
}

/** Codes not yet exchanged. A code is good once and for a minute. */
export type SignIns = LRUCache<string, SignIn>;
export const makeSignIns = (): SignIns => new LRUCache<string, SignIn>({ max: 1_000, ttl: 60_000 });

/** What a request for a token comes to: a person with what was asked for, or an OAuth error with its sentence. */
export type Grant =
  | {
      readonly person: DemoPerson;
      readonly audience: string | string[];
      readonly lifetime: number;
      /** They signed in at the page where one chooses who to be. */
      readonly byCode: boolean;
    }
  | { readonly error: string; readonly sentence: string };

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat())
  .default([]);

/** Tests ask for tokens for somebody else (`audience`, `resource`) or long expired ones (`lifetime`, seconds, may be negative). */
const TokenRequest = z.object({
  grant_type: z.string(),
  username: z.string().optional(),
  client_id: z.string().optional(),
  redirect_uri: z.string().optional(),
  code: z.string().optional(),
  code_verifier: z.string().optional(),
  audience: oneOrMany,
  resource: oneOrMany,
  lifetime: z.coerce
    .string()
    .regex(/^-?\d{1,8}$/)
    .transform(Number)
    .default(USUAL_LIFETIME),
});
type TokenRequest = z.infer<typeof TokenRequest>;

/** Decides on a token request. Spends the code where there is one. */
export function decideGrant(body: unknown, signIns: SignIns): Grant {
  const { success, data: asked } = TokenRequest.safeParse(body);
  if (!success) {
    return no("invalid_request", "A parameter has the wrong form; lifetime is a whole number of seconds");
  }
  const found = whoAsks(asked, signIns);
  if ("error" in found) return found;
  const [first = HUB_AUDIENCE, ...more] = [...asked.audience, ...asked.resource, ...found.audience];
  return {
    person: found.person,
    audience: more.length === 0 ? first : [first, ...more],
    lifetime: asked.lifetime,
    byCode: asked.grant_type === "authorization_code",
  };
}

function whoAsks(asked: TokenRequest, signIns: SignIns): { person: DemoPerson; audience: readonly string[] } | Refused {
  if (asked.grant_type === "authorization_code") return whoSignedIn(asked, signIns);
  const named = { password: asked.username, client_credentials: asked.username ?? asked.client_id };
  if (!(asked.grant_type === "password" || asked.grant_type === "client_credentials")) {
    return no("unsupported_grant_type", "Ask for password, client_credentials or authorization_code");
  }
  const person = findPerson(named[asked.grant_type]);
  return person === null ? no("invalid_grant", WHO_THERE_IS) : { person, audience: [] };
}

/** The mock compares a code verifier that is sent; that one is sent, by the client that began, is checked here. */
function whoSignedIn(asked: TokenRequest, signIns: SignIns): SignIn | Refused {
  const code = asked.code ?? "";
  const signIn = signIns.get(code);
  signIns.delete(code);
  if (signIn === undefined) return no("invalid_grant", "The code is unknown, used or older than a minute");
  if (asked.code_verifier === undefined) return no("invalid_grant", "code_verifier is missing");
  if ((asked.client_id ?? null) !== signIn.clientId) return no("invalid_grant", "The code belongs to another client");
  if ((asked.redirect_uri ?? null) !== signIn.redirectUri) {
    return no("invalid_grant", "redirect_uri is not the one the code was asked for");
  }
  return signIn;
}

/** An OAuth error with its sentence. */
export interface Refused {
  readonly error: string;
  readonly sentence: string;
}
const no = (error: string, sentence: string): Refused => ({ error, sentence });
