// The closed lists of the domain as GraphQL enums: one spelling in code, database and API.

import { registerEnumType } from "type-graphql";
import { ANSWER_STATUSES, PARTS } from "../domain/absence.ts";
import {
  ACCESS_KINDS,
  ACCESS_STATES,
  INFORMATION_KINDS,
  POWERS,
  RELATIONS,
  SCOPES,
  SHIELD_KINDS,
} from "../domain/access.ts";
import { ROLES } from "../domain/actor.ts";
import { SECTORS } from "../domain/agency.ts";
import { CHECK_DECISIONS, CHECK_STATES, TOUCHED_KINDS } from "../domain/blast-radius.ts";
import { CHALLENGE_CATEGORIES, ESCALATION_STATES, ESCALATION_STEPS } from "../domain/escalation.ts";
import { CONTRADICTION_KINDS } from "../domain/genogram-contradictions.ts";
import { FAMILY_QUESTIONS, SILENCES } from "../domain/genogram-questions.ts";
import { LINK_KINDS, UNION_KINDS } from "../domain/genogram-roles.ts";
import { NODE_KINDS } from "../domain/genogram.ts";
import { HUB_ALARM_CODES } from "../domain/hub-alarm.ts";
import { BANDS } from "../domain/identity.ts";
import { CHANNELS, DELIVERY_STATES, MESSAGE_KINDS, WAYS } from "../domain/message.ts";
import { CHANGE_KINDS, CHANGE_STATES, OBLIGATION_EVENTS, OBLIGATION_STATES } from "../domain/obligation.ts";
import { POST_ROLES } from "../domain/post.ts";
import { QUEUES } from "../domain/queue.ts";
import { GLASS_STATES, READ_PATTERNS } from "../domain/read-patterns.ts";
import { REFERRAL_STATUSES } from "../domain/referral.ts";
import { WAITING_KINDS } from "../domain/review-order.ts";
import { VERDICTS } from "../domain/review-verdict.ts";
import { QUARANTINE_DECISIONS, QUARANTINE_STATES, SEAL_KINDS } from "../domain/sealed.ts";
import {
  EVENT_KINDS,
  IDENTIFIER_KINDS,
  INVOLVEMENT_ROLES,
  NAME_USES,
  RELATIONSHIP_ROLES,
  STATE_KINDS,
} from "../domain/statements.ts";
import { CONSENT_STANDINGS, DECIDED } from "../domain/sharing-ledger.ts";
import { STEP_KINDS, STEP_OUTCOMES } from "../domain/statutory-step.ts";

type EnumOf<Values extends readonly string[]> = { readonly [Value in Values[number]]: Value };

/** Registers a closed list and gives back the object that type-graphql wants in `@Field(() => …)`. */
function graphqlEnum<const Values extends readonly string[]>(name: string, values: Values, description: string) {
  const object = Object.fromEntries(values.map((value) => [value, value])) as EnumOf<Values>;
  registerEnumType(object, { name, description });
  return object;
}

export const Sector = graphqlEnum("Sector", SECTORS, "The kind of organisation an agency is.");
export const Role = graphqlEnum("Role", ROLES, "What somebody does, as their sign-in says.");
export const AnswerStatus = graphqlEnum(
  "AnswerStatus",
  ANSWER_STATUSES,
  "What an agency's answer amounts to. Only NOTHING_RECORDED means that there is nothing; the rest of the absences say why nobody knows.",
);
export const Part = graphqlEnum("Part", PARTS, "What may be asked of an agency about one of its records.");
export const IdentifierKind = graphqlEnum("IdentifierKind", IDENTIFIER_KINDS, "A numbering of people.");
export const NameUse = graphqlEnum("NameUse", NAME_USES, "What a recorded name is used for.");
export const RelationshipRole = graphqlEnum(
  "RelationshipRole",
  RELATIONSHIP_ROLES,
  "The part that the other person plays in this child's life.",
);
export const ContradictionKind = graphqlEnum(
  "ContradictionKind",
  CONTRADICTION_KINDS,
  "What claims about a family contradict each other about. MOTHER and FATHER: agencies name different people. STARTED and ENDED: they give different dates for one tie.",
);
export const FamilyQuestion = graphqlEnum(
  "FamilyQuestion",
  FAMILY_QUESTIONS,
  "What the agencies' claims about a family leave open.",
);
export const Silence = graphqlEnum(
  "Silence",
  SILENCES,
  "What silence is worth: NONE_RECORDED where everybody who has a record of the child answered, SOME_COULD_NOT_SAY where some of them failed or withheld, NOBODY_COULD_SAY where no answer came at all.",
);
export const GenogramNodeKind = graphqlEnum(
  "GenogramNodeKind",
  NODE_KINDS,
  "Who stands in a genogram. PERSON: nobody says whether they are an adult or a child. UNKNOWN_PARENT: a place left open for a parent whom nobody names.",
);
export const GenogramUnionKind = graphqlEnum(
  "GenogramUnionKind",
  UNION_KINDS,
  "How two people belong together. PARENTS_OF: one agency names both as the child's parents; whether they are a couple is not said.",
);
export const GenogramLinkKind = graphqlEnum(
  "GenogramLinkKind",
  LINK_KINDS,
  "How a parent and a child belong together. BIRTH: an agency says mother or father and nothing that qualifies it.",
);
export const InvolvementRole = graphqlEnum("InvolvementRole", INVOLVEMENT_ROLES, "What somebody does for a child.");
export const StateKind = graphqlEnum("StateKind", STATE_KINDS, "A status or plan that holds, or held, for a time.");
export const EventKind = graphqlEnum("EventKind", EVENT_KINDS, "What happened.");
export const ReferralStatus = graphqlEnum("ReferralStatus", REFERRAL_STATUSES, "How far a referral has come.");
export const ObligationState = graphqlEnum(
  "ObligationState",
  OBLIGATION_STATES,
  "Whether what must happen by a time has happened.",
);
export const ObligationEventKind = graphqlEnum(
  "ObligationEventKind",
  OBLIGATION_EVENTS,
  "What happened to an obligation.",
);
export const ChangeKind = graphqlEnum("ChangeKind", CHANGE_KINDS, "What may be asked of a clock that runs.");
export const ChangeState = graphqlEnum("ChangeState", CHANGE_STATES, "Whether a wish to change a clock was approved.");
export const StepKind = graphqlEnum("StepKind", STEP_KINDS, "What happens on the paths that law lays down.");
export const StepOutcome = graphqlEnum("StepOutcome", STEP_OUTCOMES, "What such a step came to.");
export const PostRole = graphqlEnum("PostRole", POST_ROLES, "What the holder of a post answers for.");
export const ChallengeCategory = graphqlEnum(
  "ChallengeCategory",
  CHALLENGE_CATEGORIES,
  "What one agency's professional may challenge another's about.",
);
export const EscalationState = graphqlEnum(
  "EscalationState",
  ESCALATION_STATES,
  "Whether an escalation goes on, and how it ended.",
);
export const EscalationStepKind = graphqlEnum(
  "EscalationStepKind",
  ESCALATION_STEPS,
  "What happened in an escalation.",
);
export const MessageKind = graphqlEnum("MessageKind", MESSAGE_KINDS, "What a message is about.");
export const Channel = graphqlEnum("Channel", CHANNELS, "A way out of the hub.");
export const DeliveryState = graphqlEnum("DeliveryState", DELIVERY_STATES, "Whether something left the hub.");
export const Way = graphqlEnum("Way", WAYS, "How somebody wants to be told of what is routine.");
export const QueueName = graphqlEnum("QueueName", QUEUES, "A kind of work that goes on by itself.");
export const HubAlarmCode = graphqlEnum("HubAlarmCode", HUB_ALARM_CODES, "What may be wrong with the hub itself.");
export const Band = graphqlEnum(
  "IdentityBand",
  BANDS,
  "AUTO joins by itself; REVIEW asks a person; NO_LINK stays apart.",
);
export const WaitingKind = graphqlEnum("WaitingKind", WAITING_KINDS, "What waits behind a doubtful pair of records.");
export const Verdict = graphqlEnum(
  "IdentityVerdict",
  VERDICTS,
  "What somebody says of two records: one person or two.",
);
export const ReviewKind = graphqlEnum(
  "IdentityReviewKind",
  ["RECORDS", "BIRTH"],
  "Whether two records may be one person, or an unborn child may have been born.",
);
export const ReviewState = graphqlEnum(
  "IdentityReviewState",
  ["OPEN", "CLOSED", "MOOT"],
  "Waits for a person, was decided, or needs no deciding any more.",
);
export const TouchedKind = graphqlEnum("TouchedKind", TOUCHED_KINDS, "What was made while two children were one.");
export const CheckState = graphqlEnum("CheckState", CHECK_STATES, "Whether its owner has said whose it is.");
export const CheckDecision = graphqlEnum(
  "CheckDecision",
  CHECK_DECISIONS,
  "Whether it stays with the child it was made for, or belongs to the other.",
);
export const SealKind = graphqlEnum("SealKind", SEAL_KINDS, "Why an identity is sealed.");
export const QuarantineState = graphqlEnum(
  "QuarantineState",
  QUARANTINE_STATES,
  "What became of a record that came in with a sealed number.",
);
export const QuarantineDecision = graphqlEnum(
  "QuarantineDecision",
  QUARANTINE_DECISIONS,
  "Whether a quarantined record may come in without the number, or is the old identity's own.",
);
export const Scope = graphqlEnum(
  "Scope",
  SCOPES,
  "How much of a child's story is open to somebody. LOCATE: that this is the child, and nothing else. OUTLINE: standing, who is involved, events of one's own sector. WHOLE: all that is not withheld from everybody.",
);
export const Relation = graphqlEnum("Relation", RELATIONS, "How somebody belongs to the team around a child.");
export const AccessKind = graphqlEnum(
  "AccessKind",
  ACCESS_KINDS,
  "A way in to a child: a place in the team around the child, a grant for a task or an involvement, or broken glass.",
);
export const AccessState = graphqlEnum(
  "AccessState",
  ACCESS_STATES,
  "How a way in stands. PENDING waits for a second person; what has run out by itself stays ACTIVE, and its end says so.",
);
export const Power = graphqlEnum(
  "Power",
  POWERS,
  "A power in law under which information about a child is shared. Consent is not needed where a child is or may be at risk of harm.",
);
export const ShieldKind = graphqlEnum(
  "ShieldKind",
  SHIELD_KINDS,
  "Why a child is kept from more people than others are.",
);
export const InformationKind = graphqlEnum(
  "InformationKind",
  INFORMATION_KINDS,
  "What a piece of information is about.",
);
export const SharingDecided = graphqlEnum("SharingDecided", DECIDED, "Whether something was shared or withheld.");
export const ConsentStanding = graphqlEnum(
  "ConsentStanding",
  CONSENT_STANDINGS,
  "How consent stands where something is shared. NOT_NEEDED: a child is or may be at risk of harm, or another power carries it.",
);
export const ErasureState = graphqlEnum(
  "ErasureState",
  ["WAITING", "REFUSED"],
  "Whether a wish to erase a child waits for a second person. One that was approved is erased with the child.",
);
export const ReadPattern = graphqlEnum(
  "ReadPattern",
  READ_PATTERNS,
  "What may be unusual about who read what. Each is a fact to look into, and most have a good reason.",
);
export const GlassState = graphqlEnum(
  "GlassState",
  GLASS_STATES,
  "How broken glass stands: not reviewed though it should have been, not reviewed yet, or what the review came to.",
);
