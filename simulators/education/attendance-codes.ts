// The register codes of England from 19 August 2024, and the retired ones that still stand in older registers.

interface AttendanceCode {
  id: string;
  code: string;
  description: string;
  /** How the session counts. The names are a reconstruction. */
  type:
    | "PRESENT"
    | "APPROVED_EDUCATIONAL_ACTIVITY"
    | "AUTHORISED_ABSENCE"
    | "UNAUTHORISED_ABSENCE"
    | "UNABLE_TO_ATTEND"
    | "NOT_REQUIRED";
  active: boolean;
}

type Row = readonly [code: string, type: AttendanceCode["type"], description: string, active?: boolean];

const ROWS: readonly Row[] = [
  ["/", "PRESENT", "Present (am)"],
  ["\\", "PRESENT", "Present (pm)"],
  ["L", "PRESENT", "Late before the register closed"],
  ["K", "APPROVED_EDUCATIONAL_ACTIVITY", "Education arranged by the local authority"],
  ["V", "APPROVED_EDUCATIONAL_ACTIVITY", "Educational visit"],
  ["P", "APPROVED_EDUCATIONAL_ACTIVITY", "Sporting activity"],
  ["W", "APPROVED_EDUCATIONAL_ACTIVITY", "Work experience"],
  ["B", "APPROVED_EDUCATIONAL_ACTIVITY", "Other approved activity"],
  ["D", "NOT_REQUIRED", "Dual registered, at the other school"],
  ["C", "AUTHORISED_ABSENCE", "Exceptional circumstances"],
  ["C1", "AUTHORISED_ABSENCE", "Regulated performance or employment abroad"],
  ["C2", "AUTHORISED_ABSENCE", "Part-time timetable"],
  ["M", "AUTHORISED_ABSENCE", "Medical or dental appointment"],
  ["J1", "AUTHORISED_ABSENCE", "Interview"],
  ["S", "AUTHORISED_ABSENCE", "Study leave"],
  ["X", "NOT_REQUIRED", "Not of compulsory school age"],
  ["T", "AUTHORISED_ABSENCE", "Parent travelling for work"],
  ["R", "AUTHORISED_ABSENCE", "Religious observance"],
  ["I", "AUTHORISED_ABSENCE", "Illness"],
  ["E", "AUTHORISED_ABSENCE", "Suspended or excluded"],
  ["Q", "UNABLE_TO_ATTEND", "Lack of access arrangements"],
  ["Y1", "UNABLE_TO_ATTEND", "No transport"],
  ["Y2", "UNABLE_TO_ATTEND", "Widespread travel disruption"],
  ["Y3", "UNABLE_TO_ATTEND", "Part of the premises closed"],
  ["Y4", "UNABLE_TO_ATTEND", "Whole site closed"],
  ["Y5", "UNABLE_TO_ATTEND", "In criminal justice detention"],
  ["Y6", "UNABLE_TO_ATTEND", "Public health guidance or law"],
  ["Y7", "UNABLE_TO_ATTEND", "Other unavoidable cause"],
  ["G", "UNAUTHORISED_ABSENCE", "Holiday not granted"],
  ["N", "UNAUTHORISED_ABSENCE", "Reason not yet established"],
  ["O", "UNAUTHORISED_ABSENCE", "Absent in other or unknown circumstances"],
  ["U", "UNAUTHORISED_ABSENCE", "Arrived after the register closed"],
  ["Z", "NOT_REQUIRED", "Prospective pupil"],
  ["#", "NOT_REQUIRED", "Planned closure"],
  ["H", "AUTHORISED_ABSENCE", "Holiday granted", false],
  ["J", "APPROVED_EDUCATIONAL_ACTIVITY", "At an interview", false],
  ["Y", "UNABLE_TO_ATTEND", "Unable to attend", false],
];

export const ATTENDANCE_CODES: readonly AttendanceCode[] = ROWS.map(([code, type, description, active = true], at) => ({
  id: `A17493${String(at + 1).padStart(5, "0")}`,
  code,
  description,
  type,
  active,
}));

const BY_CODE = new Map(ATTENDANCE_CODES.map((row) => [row.code, row]));

/** The code's entry, or null for one the register has and the list does not (schools do invent them). */
export const attendanceCode = (code: string): AttendanceCode | null => BY_CODE.get(code) ?? null;
