/** The kinds of work that go on by themselves. Each has a queue of alarms, and may hold work that is in trouble. */
export const QUEUES = ["routing", "collect", "reminders", "reviews", "lateness", "escalation", "telling"] as const;
export type QueueName = (typeof QUEUES)[number];
