// Rows that are never API types: what the hub knows about who is who, and what it has yet to do.
// Types are spelt out in each column so that MySQL, MariaDB and PostgreSQL read the same class; `Date` is an instant in UTC.

import { Column, Entity, Index, PrimaryColumn } from "typeorm";

const ID = { type: "varchar", length: 36 } as const;

/** Somebody the hub knows. What is known about them stays with the agencies; this is the name of the folder. */
@Entity("person")
export class PersonRow {
  @PrimaryColumn(ID) id!: string;
  /** `CHILD` or `ADULT`: the hub opens a story for children only. */
  @Column({ type: "varchar", length: 10 }) kind!: "CHILD" | "ADULT";
  @Column({ type: Date, precision: 3 }) createdAt!: Date;
  /** Whom they are believed to be now, once all their records are; what the hub did for them stays theirs, and is read with the other's. */
  @Index()
  @Column({ ...ID, nullable: true })
  joinedTo!: string | null;
  /** A shield is in force (`child_shield`): most children have none, and cost no look there. */
  @Column({ type: Boolean, default: false }) shielded!: boolean;
  /** Since when nobody may see that they are known. */
  @Column({ type: Date, precision: 3, nullable: true }) sealedAt!: Date | null;
}

/** A pointer to one agency's record of somebody. */
@Entity("agency_record")
@Index(["agencyId", "recordHash"], { unique: true })
export class AgencyRecordRow {
  @PrimaryColumn(ID) id!: string;
  @Column({ type: "varchar", length: 40 }) agencyId!: string;
  /** As the agency's system names it, sealed: some name their records by the child's own number. */
  @Column({ type: "text" }) recordId!: string;
  /** Keyed hash of the record id, by which it is found. Null only until the hub is first started with it. */
  @Column({ type: "char", length: 64, nullable: true }) recordHash!: string | null;
  @Index()
  @Column(ID)
  personId!: string;
  /** As the agency last said. Kept here so that a restriction holds while that agency is out of reach. */
  @Column({ type: Boolean }) restricted!: boolean;
  /** The agency no longer holds it. Kept: what was shared from it was shared. */
  @Column({ type: Boolean }) gone!: boolean;
  /** The register within which one record stands for one person; null where it may hold somebody many times. */
  @Column({ type: "varchar", length: 80, nullable: true }) register!: string | null;
  /** What the record is compared by, encrypted: names, birthday, postcodes, numbers, and nothing else. Null until it is seen again. */
  @Column({ type: "text", nullable: true }) profile!: string | null;
  /** Keyed hash of what is in it, to see at once that nothing changed. */
  @Column({ type: "char", length: 64, nullable: true }) profileHash!: string | null;
  @Column({ type: Date, precision: 3 }) firstSeenAt!: Date;
  @Column({ type: Date, precision: 3 }) seenAt!: Date;
}

/** How far the hub has read an agency's changes. The cursor is encrypted: an adapter may put record ids into it. */
@Entity("collect_cursor")
export class CollectCursorRow {
  @PrimaryColumn({ type: "varchar", length: 40 }) agencyId!: string;
  @Column({ type: "text" }) cursor!: string;
  @Column({ type: Date, precision: 3 }) at!: Date;
}

/** A row to hold while something must not happen twice at once. */
@Entity("hub_lock")
export class LockRow {
  @PrimaryColumn({ type: "varchar", length: 40 }) name!: string;
}

/** A notice that a force pushed, as it came and encrypted. The one place where the hub keeps an agency's content. */
@Entity("police_incident")
@Index(["forceIdentifier", "submissionId"], { unique: true })
@Index(["forceIdentifier", "sequence"], { unique: true })
@Index(["forceIdentifier", "logNumber"])
export class PoliceIncidentRow {
  @PrimaryColumn(ID) id!: string;
  @Column({ type: Number }) forceIdentifier!: number;
  /** Order of receipt within the force, without gaps a later commit could fill. */
  @Column({ type: Number }) sequence!: number;
  @Column({ type: "varchar", length: 100 }) submissionId!: string;
  @Column({ type: "varchar", length: 100 }) logNumber!: string;
  @Column({ type: "char", length: 64 }) bodyHash!: string;
  /** JSON, encrypted; in clear where it was stored before notices were encrypted. */
  @Column({ type: "text" }) document!: string;
  @Column({ type: Date, precision: 3 }) receivedAt!: Date;
}

/** A keyed hash by which an incident is found: of how a surname sounds, with a date or year of birth. */
@Entity("police_incident_key")
export class PoliceIncidentKeyRow {
  @PrimaryColumn(ID) incidentId!: string;
  @Index()
  @PrimaryColumn({ type: "char", length: 64 })
  hash!: string;
}

/** A referral that must be given a team. Written with the referral; done when a route is. */
@Entity("route_request")
export class RouteRequestRow {
  @PrimaryColumn(ID) referralId!: string;
  @Column({ type: Date, precision: 3 }) requestedAt!: Date;
  @Index()
  @Column({ type: Date, precision: 3, nullable: true })
  doneAt!: Date | null;
}
