// Content negotiation as JSON:API 1.1 asks for it, a little kinder: `charset=utf-8` is let through, since senders add it.

/** The only media type the inbox speaks. */
export const JSON_API = "application/vnd.api+json";

interface MediaType {
  readonly type: string;
  readonly parameters: readonly string[];
}

function parse(text: string): MediaType {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase().replaceAll('"', ""));
  return { type, parameters };
}

const isOurs = ({ type, parameters }: MediaType, allowed: RegExp): boolean =>
  type === JSON_API && parameters.every((parameter) => allowed.test(parameter));

/** Whether a body so labelled may be read. Extensions are not known here; profiles do no harm. */
export const isReadable = (contentType: string): boolean => isOurs(parse(contentType), /^(profile=.*|charset=utf-?8)$/);

/** Whether a sender with this `Accept` can take our answers. No header means anything goes. */
export function isAcceptable(accept: string): boolean {
  if (accept.trim() === "") return true;
  return accept
    .split(",")
    .map(parse)
    .filter(({ parameters }) => !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)))
    .some((range) => ["*/*", "application/*"].includes(range.type) || isOurs(range, /^(profile|q)=/));
}
