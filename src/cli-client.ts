import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { importPKCS8, SignJWT } from "jose";
import { configOfProcess } from "./config.ts";
import { demoSystemKey } from "./demo.ts";
import { readOperations } from "./resolvers/operations.ts";

interface ClientFlags {
  readonly as: string;
  readonly issuer: string;
}

/** A demo person's token, or a demo system's. Throws one sentence where there is none. */
export async function signInAs({ as, issuer }: ClientFlags): Promise<string> {
  const keyFile = demoSystemKey(resolve(configOfProcess().HUB_DATA), as);
  const isSystem = /^[a-z-]+$/.test(as) && existsSync(keyFile);
  const body = isSystem
    ? await systemsRequest({ as, issuer }, readFileSync(keyFile, "utf8"))
    : new URLSearchParams({ grant_type: "password", username: as, password: "demo" });
  const response = await fetch(`${issuer}/token`, { method: "POST", body }).catch(() => null);
  if (!response) throw new Error(`The local issuer does not answer at ${issuer}. Is the hub running (npm start)?`);
  const answer = (await response.json()) as { access_token?: string; error_description?: string };
  if (!answer.access_token) throw new Error(answer.error_description ?? "The issuer gave no token");
  return answer.access_token;
}

/** What a system sends for a token (RFC 7523): an assertion that is signed with its own key, and good once. */
async function systemsRequest({ as, issuer }: ClientFlags, pem: string): Promise<URLSearchParams> {
  const assertion = new SignJWT()
    .setProtectedHeader({ alg: "ES256", kid: as })
    .setIssuer(as)
    .setSubject(as)
    .setAudience(issuer)
    .setIssuedAt()
    .setExpirationTime("1 minute")
    .setJti(randomUUID());
  return new URLSearchParams({
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await assertion.sign(await importPKCS8(pem, "ES256")),
  });
}

/** Prints a demo person's token, or a demo system's. */
export async function token(flags: ClientFlags): Promise<void> {
  console.log(await signInAs(flags));
}

/** Runs a document as a demo person and prints the answer. Exits 1 where the answer has errors. */
export async function ask(
  operation: string,
  variables: readonly string[],
  flags: ClientFlags & { readonly hub: string },
): Promise<void> {
  const query = documentNamed(operation);
  const bearer = await signInAs(flags);
  const response = await fetch(`${flags.hub}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify({ query, variables: Object.fromEntries(variables.map(readVariable)) }),
  }).catch(() => null);
  if (!response) throw new Error(`The hub does not answer at ${flags.hub}. Is it running (npm start)?`);
  const answer = (await response.json()) as { errors?: unknown[] };
  console.log(JSON.stringify(answer, null, 2));
  if (answer.errors) process.exitCode = 1;
}

function documentNamed(name: string): string {
  const operations = readOperations();
  const found = operations.find((operation) => operation.name === name);
  if (found) return found.document;
  try {
    return readFileSync(name, "utf8");
  } catch {
    throw new Error(
      `There is no operation or file of that name; operations: ${operations.map(({ name }) => name).join(", ")}`,
    );
  }
}

/** `name=value`, the value as JSON where it is JSON and as text where it is not; `value=007` stays text. */
function readVariable(text: string): [string, unknown] {
  const at = text.indexOf("=");
  if (at < 1) throw new Error("Give variables as name=value");
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  if (!/^[[{"]|^(true|false|null)$/.test(value)) return [name, value];
  try {
    return [name, JSON.parse(value) as unknown];
  } catch {
    throw new Error(`The value of ${name} begins like JSON but is not`);
  }
}
