// Rows that are never API types: deliveries on their way out, who is at work, and work that would not be done.

import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type { Channel, DeliveryState, Way } from "../domain/message.ts";

const ID = { type: "varchar", length: 36 } as const;

/** One message on its way out of the hub, once for each channel and address. */
@Entity("delivery")
@Index(["messageId", "channel", "targetHash"], { unique: true })
@Index(["state", "nextAt"])
export class DeliveryRow {
  @PrimaryColumn(ID) id!: string;
  @Column(ID) messageId!: string;
  @Column({ type: "varchar", length: 10 }) channel!: Channel;
  /** An address, sealed, or the id of a webhook. */
  @Column({ type: "text" }) target!: string;
  /** Keyed hash of the target: each is written to once. Null only until the hub is first started with it. */
  @Column({ type: "char", length: 64, nullable: true }) targetHash!: string | null;
  @Column({ type: "varchar", length: 10 }) state!: DeliveryState;
  /** Waits for the digest; what is not goes by itself. */
  @Column({ type: Boolean }) inDigest!: boolean;
  @Column({ type: Number }) attempts!: number;
  @Column({ type: Date, precision: 3, nullable: true }) nextAt!: Date | null;
  @Column({ type: Date, precision: 3, nullable: true }) sentAt!: Date | null;
  /** Code of the last failure. */
  @Column({ type: "varchar", length: 60, nullable: true }) fault!: string | null;
}

/** What the embedded engine would have sent: shown on the outbox page. */
@Entity("outbox_email")
export class OutboxEmailRow {
  @PrimaryColumn(ID) id!: string;
  @Column({ type: "text" }) to!: string;
  @Column({ type: "text" }) subject!: string;
  @Column({ type: "text" }) body!: string;
  @Column({ type: Date, precision: 3 }) at!: Date;
}

/** How somebody wants to be told of what is routine. */
@Entity("message_preference")
export class PreferenceRow {
  @PrimaryColumn({ type: "varchar", length: 200 }) actorId!: string;
  @Column({ type: "varchar", length: 10 }) routine!: Way;
}

/** An agency's own system that wants to be told. */
@Entity("webhook")
@Index(["agencyId", "url"], { unique: true })
export class WebhookRow {
  @PrimaryColumn(ID) id!: string;
  @Column({ type: "varchar", length: 40 }) agencyId!: string;
  @Column({ type: "varchar", length: 500 }) url!: string;
  /** Sealed with the hub's key: it signs what is sent. */
  @Column({ type: "varchar", length: 200 }) sealedSecret!: string;
  @Column({ type: Date, precision: 3 }) createdAt!: Date;
  @Column({ type: Date, precision: 3, nullable: true }) endedAt!: Date | null;
}

/** A sign of life of the sweep, or of somebody working on a queue. Times of the machine, not of the hub's turnable clock. */
@Entity("heartbeat")
export class HeartbeatRow {
  /** `sweep`, `queue:reminders`. */
  @PrimaryColumn({ type: "varchar", length: 60 }) name!: string;
  @Column({ type: Date, precision: 3 }) at!: Date;
}

/** Work that failed: tried again with growing pauses, then parked until somebody replays it. */
@Entity("troubled_work")
@Index(["parkedAt"])
export class TroubledWorkRow {
  @PrimaryColumn({ type: "varchar", length: 20 }) queue!: string;
  /** The referral, obligation or delivery it is about. */
  @PrimaryColumn(ID) subjectId!: string;
  @Column({ type: Number }) attempts!: number;
  /** Kind and code of the last fault; never its message. */
  @Column({ type: "varchar", length: 100 }) fault!: string;
  @Column({ type: Date, precision: 3 }) failedAt!: Date;
  @Column({ type: Date, precision: 3, nullable: true }) tryAt!: Date | null;
  @Column({ type: Date, precision: 3, nullable: true }) parkedAt!: Date | null;
  /** The team that owns it while it is parked. */
  @Column({ type: "varchar", length: 40, nullable: true }) teamId!: string | null;
  @Column({ type: Date, precision: 3, nullable: true }) replayedAt!: Date | null;
  @Column({ type: "varchar", length: 200, nullable: true }) replayedByActorId!: string | null;
  /** When it was done after all; null while it is not. */
  @Column({ type: Date, precision: 3, nullable: true }) doneAt!: Date | null;
}
