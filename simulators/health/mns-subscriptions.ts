// Subscriptions of the Multicast Notification Service: made, listed, read and deleted.

import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { checkBearer } from "./bearer.ts";
import { searchset, SYNTHETIC_TAG } from "./resource.ts";
import type { TokenService } from "./token.ts";

const MNS_BASE = "/mns/subscriptions";

/** Kinds of change that may be subscribed to; this simulator makes the first four. */
const EVENT_TYPES = [
  "pds-record-change-2",
  "pds-change-of-gp-2",
  "pds-death-notification-2",
  "nhs-number-change-2",
  "patientflags-change-1",
  "proxy-role-change-1",
  "imms-vaccinations-1",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether signals are sent there. The real service takes queues only; a web address is ours, and none but our own machine's. */
export const isLoopback = (endpoint: string): boolean =>
  URL.canParse(endpoint) && new URL(endpoint).protocol === "http:" && LOOPBACK.has(new URL(endpoint).hostname);

const isQueue = (endpoint: string): boolean => /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]+$/.test(endpoint);

const eventTypeOf = (criteria: string): string | null => new URLSearchParams(criteria).get("eventType");

const shape = z.object({
  resourceType: z.literal("Subscription", "Please provide the correct resource type for this endpoint"),
  status: z.literal("requested", "Please provide the status 'requested'"),
  reason: z.string("Please provide a reason").min(1, "Please provide a reason"),
  end: z.iso.datetime({ offset: true, error: "Please provide a valid time" }).optional(),
  criteria: z
    .string("Please provide criteria")
    .refine((text) => EVENT_TYPES.some((type) => type === eventTypeOf(text)), "Please provide a known eventType"),
  channel: z.object(
    {
      type: z.literal("message", "Please provide the channel type 'message'"),
      endpoint: z
        .string("Please provide an endpoint")
        .refine((endpoint) => isQueue(endpoint) || isLoopback(endpoint), "Please provide the ARN of a queue"),
      payload: z.enum(["application/json", "application/fhir+json"], "Please provide a payload type"),
    },
    "Please provide a channel",
  ),
});

/** A subscription as it is kept. */
export type Subscription = Omit<z.infer<typeof shape>, "status"> & { id: string; status: "active" };

/** The subscriptions there are. */
export function makeSubscriptions() {
  const held = new Map<string, Subscription>();
  return {
    held,
    add(asked: z.infer<typeof shape>): string {
      const id = randomUUID();
      held.set(id, { ...asked, id, status: "active" });
      return id;
    },
    /** Those who want to hear of such an event now. */
    wanting: (type: EventType, now: Date): Subscription[] =>
      [...held.values()].filter(
        ({ criteria, end }) => eventTypeOf(criteria) === type && (end === undefined || Date.parse(end) > now.getTime()),
      ),
  };
}
export type Subscriptions = ReturnType<typeof makeSubscriptions>;

interface MnsParts {
  readonly subscriptions: Subscriptions;
  readonly tokens: TokenService;
}

/** Adds the service's routes; they take the same tokens as PDS. */
export function addMnsRoutes(app: FastifyInstance, { subscriptions, tokens }: MnsParts): void {
  const { held } = subscriptions;
  app.addContentTypeParser("application/fhir+json", { parseAs: "string" }, app.getDefaultJsonParser("error", "error"));
  app.addHook("onRequest", async (request, reply) => {
    const problem = checkBearer(request, tokens);
    return problem ? reply.code(401).send({ errors: problem }) : undefined;
  });

  app.post(MNS_BASE, (request, reply) => {
    const asked = shape.safeParse(request.body ?? {});
    if (asked.success) return reply.send({ id: subscriptions.add(asked.data) });
    const wrong = asked.error.issues.map(({ path, message }) => [path.join("."), message]);
    return reply.code(400).send({ validationErrors: Object.fromEntries(wrong) });
  });
  app.get(MNS_BASE, () => ({
    ...searchset([...held.values()].map((one) => ({ fullUrl: `${MNS_BASE}/${one.id}`, resource: asResource(one) }))),
    link: [{ relation: "self", url: "/subscriptions" }],
  }));
  app.get<{ Params: { id: string } }>(`${MNS_BASE}/:id`, ({ params }, reply) => {
    const found = held.get(params.id);
    return found ? reply.send(asResource(found)) : notFound(reply);
  });
  app.delete<{ Params: { id: string } }>(`${MNS_BASE}/:id`, ({ params }, reply) =>
    held.delete(params.id) ? reply.code(204).send() : notFound(reply),
  );
}

const asResource = (subscription: Subscription): object => ({ ...subscription, meta: { tag: [SYNTHETIC_TAG] } });
const notFound = (reply: FastifyReply): FastifyReply => reply.code(404).send({ errors: "Not found" });
