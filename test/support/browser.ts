// A browser, as far as signing in goes: it keeps cookies by host, follows redirects, and says where a request comes from.

export interface Visited {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where it ended. */
  readonly url: string;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Stop at the first redirect that leads there. */
  readonly until?: (url: URL) => boolean;
}

export class Browser {
  /** By host, name by value. */
  readonly cookies = new Map<string, Map<string, string>>();

  private keep(host: string, headers: Headers): void {
    const kept = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, kept);
    for (const line of headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";");
      const [name = "", value = ""] = pair.split("=", 2);
      if (attributes.some((one) => one.trim() === "Max-Age=0")) kept.delete(name);
      else kept.set(name, value);
    }
  }

  cookie(url: string, name: string): string | null {
    return this.cookies.get(new URL(url).host)?.get(name) ?? null;
  }

  async visit(address: string, { method = "GET", headers = {}, body, until }: Sent = {}): Promise<Visited> {
    let url = new URL(address);
    let sent: RequestInit = { method, ...(body !== undefined && { body }) };
    for (;;) {
      const cookie = [...(this.cookies.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(url, {
        ...sent,
        redirect: "manual",
        headers: { ...headers, ...(cookie && { cookie }) },
      });
      this.keep(url.host, response.headers);
      const to = response.headers.get("location");
      if (to === null)
        return { status: response.status, headers: response.headers, text: await response.text(), url: url.href };
      await response.arrayBuffer();
      url = new URL(to, url);
      sent = { method: "GET" };
      if (until?.(url)) return { status: response.status, headers: response.headers, text: "", url: url.href };
    }
  }

  /** Signs in at a hub as a demo person, choosing them on the issuer's page. */
  async signIn(hub: string, person: string, { returnTo, until }: { returnTo?: string } & Pick<Sent, "until"> = {}) {
    const query = returnTo === undefined ? "" : `?returnTo=${encodeURIComponent(returnTo)}`;
    const choice = await this.visit(`${hub}/sign-in${query}`);
    const chosen = new URL(choice.url);
    chosen.searchParams.set("login_hint", person);
    return this.visit(chosen.href, until ? { until } : {});
  }

  /** Asks the graph as a page of the hub does. */
  async ask(hub: string, query: string, headers: Record<string, string> = {}): Promise<Visited & { json: any }> {
    const visited = await this.visit(`${hub}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", origin: hub, ...headers },
      body: JSON.stringify({ query }),
    });
    return { ...visited, json: JSON.parse(visited.text) };
  }
}
