// A reader of the hub's event streams, by plain fetch: what came over the socket and nothing else.

export interface Told {
  readonly event: string;
  // What came is looked at by the tests, field by field.
  readonly data: any;
}

export interface EventReader {
  readonly status: number;
  readonly headers: Headers;
  /** Everything told so far, comments left out. */
  readonly told: readonly Told[];
  /** How many comments came: signs of life. */
  comments(): number;
  /** Resolves when the hub has ended the stream, or the connection is gone. */
  readonly ended: Promise<void>;
  /** Hangs up. */
  close(): void;
}

export interface Subscription {
  readonly token: string | null;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

/** Opens one subscription; resolves once the hub has answered. */
export async function openStream(
  url: string,
  { token, query, variables, headers }: Subscription,
): Promise<EventReader> {
  const hangUp = new AbortController();
  const response = await fetch(`${url}/graphql/stream`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
    signal: hangUp.signal,
  });
  const told: Told[] = [];
  let comments = 0;
  const take = (block: string) => {
    if (block.startsWith(":")) comments += 1;
    const fields = new Map(
      block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
    );
    const event = fields.get("event");
    if (event) told.push({ event, data: fields.get("data") ? JSON.parse(fields.get("data")!) : null });
  };
  const read = async () => {
    let text = "";
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) take(block);
    }
    if (text) told.push({ event: "answer", data: JSON.parse(text) });
  };
  return {
    status: response.status,
    headers: response.headers,
    told,
    comments: () => comments,
    ended: read().catch(() => {}),
    close: () => hangUp.abort(),
  };
}
