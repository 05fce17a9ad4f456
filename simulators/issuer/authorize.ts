import { DEMO_PEOPLE, findPerson, WHO_THERE_IS } from "./people.ts";

/** An answer the issuer gives itself, before the mock is asked. */
export interface Page {
  readonly status: number;
  readonly html: string;
}

/** The page on which one chooses who to be; null once the request names a demo person and may go on. */
export function authorizePage(url: URL): Page | null {
  const problem = problemWith(url);
  if (problem !== null) return { status: 400, html: page("This sign-in cannot go on", `<p>${problem}.</p>`) };
  const hint = url.searchParams.get("login_hint");
  if (hint !== null && findPerson(hint) !== null) return null;
  const unknown = hint === null ? "" : `<p role="alert">${WHO_THERE_IS}.</p>`;
  return { status: hint === null ? 200 : 400, html: page("Who do you want to be?", unknown + choices(url)) };
}

/** Somewhere on this computer; demo people sign in nowhere else. */
export function isLoopback(address: string | null): boolean {
  if (address === null || !URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}

function problemWith({ searchParams }: URL): string | null {
  if (!isLoopback(searchParams.get("redirect_uri"))) return "redirect_uri must be an address on this computer";
  if (searchParams.get("response_type") !== "code") return "response_type must be code";
  return searchParams.get("code_challenge") ? null : "code_challenge is missing: a code is given with PKCE only";
}

function choices(url: URL): string {
  const rows = DEMO_PEOPLE.map(({ key, name, description }) => {
    const query = new URLSearchParams(url.searchParams);
    query.set("login_hint", key);
    return `<li><a href="?${query.toString().replaceAll("&", "&amp;")}">${name}</a>${description}</li>`;
  });
  return `<p>Nobody here exists, and no password is asked for.</p><ul>${rows.join("")}</ul>`;
}

const STYLE = `body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color:#1d1d1d}
ul{list-style:none;padding:0}li{padding:.6rem 0;border-top:1px solid #bbb}a{display:block;font-weight:600;color:#0b4f8a}`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} - demo sign-in</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>
`;
