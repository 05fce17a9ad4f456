import type { FastifyRequest } from "fastify";
import { header } from "../support/simulator.ts";
import type { TokenService } from "./token.ts";

/** What is wrong with a request's token, in the service's wording; null where nothing is. */
export function checkBearer(request: FastifyRequest, tokens: TokenService): string | null {
  const text = header(request, "authorization");
  if (text === null) return "Missing Authorization header";
  if (text.trim() === "") return "Empty Authorization header";
  const [type = "", token = ""] = text.trim().split(/\s+/);
  if (type !== "Bearer") return `Invalid token type '${type}', must be 'Bearer'`;
  if (token === "") return "Missing access token";
  return tokens.isGiven(token) ? null : "Invalid Access Token";
}
