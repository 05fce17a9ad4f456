// BullMQ on the embedded PostgreSQL, in the schema `bullmq` beside the hub's own tables.

import {
  type JobProgress,
  type PgPool,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  Queue,
  Worker,
  type WorkerOptions,
  createPostgresBackend,
  runMigrations,
} from "bullmq";
import type { Engine, Process, Report } from "./queue-engine.ts";
import type { JobData } from "./queue-job.ts";

type PostgresQueue = Queue<
  JobData,
  void,
  string,
  JobData,
  void,
  string,
  PostgresQueueBackend,
  PostgresConnectionOptions
>;

type PostgresWorker = Worker<JobData, void, string, PostgresQueueBackend, JobProgress, PostgresConnectionOptions>;

// Between looks at an empty queue: nobody is told when a scheduler's job falls due.
const IDLE_SECONDS = 1;
/** More would hold up everything else in this process for too long. */
const MOST_AT_ONCE = 100;
/** Each bulk makes and drops tables of its own, which takes as long as some single jobs. */
const BULK_FROM = 8;
const EPOCH = "CREATE TABLE IF NOT EXISTS bullmq.hub_epoch (id text PRIMARY KEY)";
const CLAIM = "INSERT INTO bullmq.hub_epoch VALUES ($1) ON CONFLICT DO NOTHING RETURNING id";

// The events are kept only for those who listen to them, and nobody does.
const makeQueue = (name: string, pool: PgPool): PostgresQueue =>
  new Queue(name, { connection: pool, streams: { events: { maxLen: 1_000 } } }, createPostgresBackend);

const makeWorker = (
  name: string,
  process: Process,
  options: WorkerOptions<PostgresConnectionOptions>,
): PostgresWorker => new Worker(name, process, options, createPostgresBackend);

export function makeEmbeddedEngine(pool: PgPool, prefix: string, report: Report): Engine {
  let prepared: Promise<void> | null = null;

  async function migrate(): Promise<void> {
    const client = await pool.connect();
    try {
      await runMigrations(client, "bullmq");
      await client.query(EPOCH);
    } finally {
      client.release();
    }
  }

  const again = (error: unknown): never => {
    prepared = null;
    throw error;
  };
  const prepare = () => (prepared ??= migrate().catch(again));
  return {
    mostAtOnce: MOST_AT_ONCE,
    bulkFrom: BULK_FROM,
    prepare,
    answer: prepare,
    async ping() {
      await prepare();
      await pool.query("SELECT 1");
    },
    produce: (name) =>
      makeQueue(name, pool).on("error", (error) => report({ doing: `keeping the ${name} queue`, error })),
    consume(name, process, options) {
      const worker = makeWorker(name, process, { ...options, connection: pool, drainDelay: IDLE_SECONDS });
      return worker.on("error", (error) => report({ doing: `working on the ${name} queue`, error }));
    },
    async claimEpoch() {
      const { rows } = await pool.query(CLAIM, [prefix]);
      return rows.length > 0;
    },
    warnings: async () => [],
    close: async () => {},
  };
}
