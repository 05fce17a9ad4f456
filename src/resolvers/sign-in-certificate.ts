// Which client certificate a request came with: over a connection that ends here, or as told by a proxy that is trusted to tell.

import { createHash, X509Certificate } from "node:crypto";
import { BlockList, isIP } from "node:net";
import { TLSSocket } from "node:tls";
import type { FastifyRequest } from "fastify";

export interface CertificateSource {
  /** Header in which a proxy passes on a client's certificate; null where none does. */
  readonly header: string | null;
  /** Addresses and networks of the proxies whose word is taken. */
  readonly proxies: readonly string[];
}

type Asked = Pick<FastifyRequest, "headers"> & { readonly raw: Pick<FastifyRequest["raw"], "socket"> };

const thumbprint = (der: Uint8Array): string => createHash("sha256").update(der).digest("base64url");

/** SHA-256 of the certificate, base64url, as tokens name it (`x5t#S256`); null where there is none that was checked. */
export function makeCertificateOf({ header, proxies }: CertificateSource): (request: Asked) => string | null {
  const known = new WeakMap<object, string | null>();
  const networks = networksOf(proxies);
  const named = header?.toLowerCase() ?? null;
  return ({ headers, raw: { socket } }) => {
    if (named !== null) {
      const told = headers[named];
      return typeof told === "string" && isIn(networks, socket.remoteAddress) ? asTold(told) : null;
    }
    let own = known.get(socket);
    if (own === undefined) known.set(socket, (own = ofConnection(socket)));
    return own;
  };
}

function ofConnection(socket: object): string | null {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return null;
  const { raw } = socket.getPeerCertificate() as { readonly raw?: Buffer };
  return raw ? thumbprint(raw) : null;
}

/** Addresses and networks, as `10.0.0.0/8`. */
function networksOf(texts: readonly string[]): BlockList {
  const networks = new BlockList();
  for (const text of texts) {
    const [address = "", bits] = text.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) networks.addAddress(address, family);
    else networks.addSubnet(address, Number(bits), family);
  }
  return networks;
}

const isIn = (networks: BlockList, address = ""): boolean =>
  isIP(address) !== 0 && networks.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** As RFC 9440 has it (`:base64:`), or a PEM text with percent signs as nginx sends it. What is neither is none. */
function asTold(text: string): string | null {
  const [, base64] = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(text) ?? [];
  try {
    const { raw } = new X509Certificate(base64 ? Buffer.from(base64, "base64") : decodeURIComponent(text));
    return thumbprint(raw);
  } catch {
    return null;
  }
}
