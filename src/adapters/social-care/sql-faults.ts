import type { FaultCode } from "../../domain/absence.ts";
import { AgencyFault } from "../agency-fault.ts";

/** MySQL's names, Node's socket errors, and PostgreSQL's five characters (or the class: the first two). */
const BY_CODE: Record<string, FaultCode> = {
  ER_ACCESS_DENIED_ERROR: "AUTH",
  "28": "AUTH",
  ER_DBACCESS_DENIED_ERROR: "FORBIDDEN",
  ER_TABLEACCESS_DENIED_ERROR: "FORBIDDEN",
  ER_COLUMNACCESS_DENIED_ERROR: "FORBIDDEN",
  "42501": "FORBIDDEN",
  ER_PARSE_ERROR: "BAD_REQUEST",
  "42601": "BAD_REQUEST",
  ER_LOCK_DEADLOCK: "CONFLICT",
  "40": "CONFLICT",
  ER_LOCK_WAIT_TIMEOUT: "TIMEOUT",
  ER_QUERY_TIMEOUT: "TIMEOUT",
  ER_STATEMENT_TIMEOUT: "TIMEOUT",
  ETIMEDOUT: "TIMEOUT",
  "57014": "TIMEOUT",
  // A table or column is missing, so the replica is not in the agreed shape.
  ER_BAD_FIELD_ERROR: "MALFORMED",
  ER_NO_SUCH_TABLE: "MALFORMED",
  "42": "MALFORMED",
  ECONNREFUSED: "UNAVAILABLE",
  ECONNRESET: "UNAVAILABLE",
  EPIPE: "UNAVAILABLE",
  ENOTFOUND: "UNAVAILABLE",
  EAI_AGAIN: "UNAVAILABLE",
  EHOSTUNREACH: "UNAVAILABLE",
  PROTOCOL_CONNECTION_LOST: "UNAVAILABLE",
  POOL_CLOSED: "UNAVAILABLE",
  ER_CON_COUNT_ERROR: "UNAVAILABLE",
  ER_TOO_MANY_USER_CONNECTIONS: "UNAVAILABLE",
  ER_SERVER_SHUTDOWN: "UNAVAILABLE",
  ER_BAD_DB_ERROR: "UNAVAILABLE",
  "08": "UNAVAILABLE",
  "53": "UNAVAILABLE",
  "57": "UNAVAILABLE",
  "3D": "UNAVAILABLE",
};

/**
 * A database's error as one of the port's faults. The error itself is not kept as the cause: its statement and parameters
 * hold names and dates of birth.
 */
export function sqlFault(system: string, error: unknown, doing: string): AgencyFault {
  if (error instanceof AgencyFault) return error;
  const { code, message } = innermost(error);
  return new AgencyFault(system, BY_CODE[code] ?? BY_CODE[code.slice(0, 2)] ?? byMessage(message), { doing });
}

/** node-postgres gives some failures of the connection no code. */
function byMessage(message: string): FaultCode {
  if (/timeout|timed out/i.test(message)) return "TIMEOUT";
  return /connection|socket|pool|closed/i.test(message) ? "UNAVAILABLE" : "MALFORMED";
}

/** TypeORM wraps the driver's error, and Node wraps one refusal for each address tried. */
function innermost(error: unknown): { code: string; message: string } {
  if (typeof error !== "object" || error === null) return { code: "", message: "" };
  const { driverError, errors, code, message } = error as Record<string, unknown>;
  if (driverError) return innermost(driverError);
  if (!code && Array.isArray(errors) && errors.length > 0) return innermost(errors[0]);
  return { code: String(code ?? ""), message: String(message ?? "") };
}
