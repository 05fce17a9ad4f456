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
  .requiredOption("--as <person>", "teacher, social-worker, ...: `hub start` lists them; or a system: larch-hill-mis")
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

const match = hub
  .command("match")
  .description("which records are one person: of data teams' files, offline; and `rebuild`, of the hub itself");

const matching = (command: Command): Command =>
  command
    .requiredOption("--out <file>", "where the links are written, as CSV")
    .option("--id <column>", "the column of ids; for two files with different ones, both with a comma between")
    .option("--map <column=field,...>", "what columns are, where the guess is wrong: given_name=forename")
    .option("--ignore <column,...>", "columns not to compare")
    .option("--model <file>", "a model made by `hub match train`; unset, one is learnt from the files")
    .option("--train", "learn a model from the files, which is what happens without --model")
    .option("--save-model <file>", "keep the model that was learnt")
    .option("--policy <policy>", "auto, or the hub's own: strict, balanced", "auto")
    .option("--report <file>", "everything that was counted, as JSON")
    .option("--seed <number>", "of what is taken at random while learning", number)
    .option("--json", "the summary on stdout, as JSON");

matching(match.command("link <left> <right>").description("records of two files that are one person's")).action(
  async (left, right, flags) => (await import("./cli-match.ts")).link(left, right, flags),
);

matching(match.command("dedupe <file>").description("records of one file that are one person's")).action(
  async (file, flags) => (await import("./cli-match.ts")).dedupe(file, flags),
);

match
  .command("train <files...>")
  .description("make a model from files, without labels")
  .requiredOption("--out <file>", "where the model is written, as JSON")
  .option("--id <column>", "the column of ids; or one for each file, with commas between")
  .option("--map <column=field,...>", "what columns are, where the guess is wrong")
  .option("--ignore <column,...>", "columns not to compare")
  .option("--name <name>", "the model's version")
  .option("--seed <number>", "of what is taken at random while learning", number)
  .option("--json", "the model's training record on stdout, as JSON")
  .action(async (files, flags) => (await import("./cli-match.ts")).train(files, flags));

match
  .command("rebuild")
  .description(
    "decide from nothing whose every record in the hub is, change nothing, and say where it comes out otherwise",
  )
  .option("--json", "as JSON")
  .action(async (flags) => (await import("./cli-identity.ts")).rebuild(flags));

const audit = hub.command("audit").description("the record of who saw and did what");

const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

audit
  .command("verify")
  .description("walk every chain and name each entry that was removed, changed, moved or put in; exits 1 where any was")
  .option("--checkpoint <file>", "a checkpoint that was kept elsewhere; may be given several times", several)
  .option("--public-key <file>", "of a key that signed checkpoints before; may be given several times", several)
  .option("--json", "as JSON")
  .action(async (flags) => (await import("./cli-audit.ts")).verify(flags));

audit
  .command("checkpoint")
  .description("sign how long the chains are, to be kept elsewhere")
  .option("--out <file>", "where it is written; unset, to stdout")
  .action(async (flags) => (await import("./cli-audit.ts")).checkpoint(flags));

audit
  .command("public-key")
  .description("the public half of the key that checkpoints are signed with")
  .action(async () => (await import("./cli-audit.ts")).publicKey());

const keys = hub.command("keys").description("the keys that the database is sealed under (docs/keys.md)");

keys
  .command("status")
  .description("what each key seals, how far a change has come, and which key may be removed")
  .option("--json", "as JSON")
  .action(async (flags) => (await import("./cli-keys.ts")).status(flags));

for (const [name, description] of [
  ["rotate", "seal everything under the current key now; a running worker does so by itself"],
  ["seal", "the same, for a database of before: what is in clear is sealed"],
] as const)
  keys
    .command(name)
    .description(description)
    .option("--json", "the outcome as JSON")
    .action(async (flags) => (await import("./cli-keys.ts")).rotate(flags));

keys
  .command("make <id>")
  .description("print HUB_KEYS with a new key that is current: keep it as secret as the keys")
  .action(async (id) => (await import("./cli-keys.ts")).make(id));

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
