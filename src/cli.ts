// `hub`: the command line. Each command is a few lines here, and loads what it needs when it is called.

import { Command, InvalidArgumentError, Option } from "commander";

const hub = new Command("hub")
  .description("safeguarding-hub: one graph over the systems of the agencies that protect a child")
  .showHelpAfterError();

const number = (text: string): string => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("it must be a whole number");
  return text;
};

hub
  .command("start")
  .description("start the hub; with no agency in the settings, also a synthetic town to try it on")
  .option("--role <role>", "api, worker or all", "all")
  .option("--children <number>", "how many children live in the synthetic town", number)
  .option("--seed <number>", "which town", number)
  .addOption(new Option("--any-ports", "ports that the system chooses").hideHelp())
  .action(async (flags) => (await import("./cli-start.ts")).start(flags));

hub
  .command("migrate")
  .description("bring the database up to this program")
  .option("--check", "only say whether it is, and what differs")
  .action(async (flags) => (await import("./cli-operate.ts")).migrateDatabase(flags));

hub
  .command("doctor")
  .description("look at the settings, the engines and the agencies, and say what is wrong and how to mend it")
  .option("--json", "as JSON")
  .action(async (flags) => (await import("./cli-operate.ts")).doctor(flags));

hub
  .command("token")
  .description("a demo person's token, from the local issuer")
  .requiredOption("--as <person>", "teacher, social-worker, ...: `hub start` lists them")
  .option("--issuer <url>", "the local issuer", "http://127.0.0.1:4001")
  .action(async (flags) => (await import("./cli-client.ts")).token(flags));

hub
  .command("ask <operation> [variables...]")
  .description("run a GraphQL document that ships with the hub (or a file) as a demo person; variables as name=value")
  .requiredOption("--as <person>", "the demo person")
  .option("--hub <url>", "the hub", "http://127.0.0.1:4000")
  .option("--issuer <url>", "the local issuer", "http://127.0.0.1:4001")
  .action(async (operation, variables, flags) => (await import("./cli-client.ts")).ask(operation, variables, flags));

hub
  .command("deadline")
  .description("by when something is due, and why; answers without a database or a server")
  .option("--rule <rule>", "the clock: referral-decision, icpc, ...")
  .option("--from <instant>", "what starts it, with its offset: 2026-12-23T10:00:00Z")
  .option("--policy <area>", "a file in policies/; unset, the one that AREA names")
  .option("--json", "as JSON")
  .option("--batch <file>", "answer a CSV file with columns rule and from, as CSV")
  .action(async (flags) => (await import("./cli-deadline.ts")).deadline(flags));

hub
  .command("town")
  .description("make a synthetic town and count what is in it; --out DIR writes it, its truth apart")
  .allowUnknownOption()
  .argument("[flags...]")
  .action(async (flags) => (await import("./cli-operate.ts")).town(flags));

hub
  .command("adapter")
  .description("agencies' systems")
  .command("check")
  .description("ask every connected system whether it answers")
  .option("--json", "as JSON")
  .action(async (flags) => (await import("./cli-operate.ts")).adapterCheck(flags));

try {
  await hub.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : "Something went wrong");
  process.exitCode = 1;
}
