import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { addCentre } from "./add-centre.ts";
import { addModels } from "./add-models.ts";
import { asking, examples, jsonFlag } from "./command-help.ts";
import { ConfigError, DEFAULT_PORT, DEFAULT_URL } from "./config.ts";

interface Global {
  readonly url?: string;
}

/**
 * The command line as a tree. What a command does is loaded only when it is called, so that `--help` and `serve` start fast.
 *
 * @param word the first of the arguments: to start the server no other command has to be known
 */
export function buildProgram(word?: string): Command {
  const program = new Command("cairn")
    .description("Keeps the record of your models: runs, metrics, files, versions.")
    .option("--url <url>", `the server to ask (env CAIRN_URL; default ${DEFAULT_URL})`)
    .version(readVersion(), "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    // Said by explain-error.ts, as every other refusal.
    .configureOutput({ outputError: () => {} })
    .addHelpText(
      "after",
      `${examples([
        "cairn serve",
        "cairn experiments",
        "cairn runs --experiment digits",
        "cairn runs show 1f0c9a3b",
        "cairn models:log credit-risk",
        "cairn push credit:1.0 model_workspace",
        "cairn check",
      ])}\nExit status: 0 done, 1 it could not be done (or a check found damage), 2 it was asked wrongly.\n`,
    );
  const url = () => program.opts<Global>().url;

  addServe(program);
  if (word === "serve") return program;

  asking(program.command("experiments"))
    .description("List the experiments, newest first.")
    .option("--deleted", "list the deleted ones instead")
    .option("--filter <query>", "such as: name like 'digits%' and tags.team = 'vision'")
    .option("--limit <n>", "at most so many (default 50)")
    .option(...jsonFlag)
    .addHelpText("after", examples(["cairn experiments", "cairn experiments --filter \"name like 'dig%'\" --json"]))
    .action(async (flags) => (await import("./commands/experiments.ts")).listExperiments(url(), flags));

  addRuns(program, url);
  addModels(program, url);
  addCentre(program, url);

  for (const [name, text] of [
    ["check", "Verify every record and re-hash every file; say what is wrong."],
    ["gc", "Free the files that nothing names any more; say how many bytes."],
  ] as const) {
    asking(program.command(name))
      .description(`${text} Asks the server that has the folder, or the one that --url names; else opens the folder.`)
      .option("--data-dir <folder>", "the server's folder (env CAIRN_DATA_DIR; default ./cairn-data)")
      .option("--json", "print JSON for programs")
      .addHelpText("after", examples([`cairn ${name}`, `cairn ${name} --data-dir /srv/cairn --json`]))
      .action(async (flags) => (await import("./commands/maintain.ts"))[name]({ ...flags, url: url() }));
  }
  return program;
}

function addServe(program: Command): void {
  const more: readonly [flag: string, text: string][] = [
    ["--host <host>", "address to listen on (default 127.0.0.1)"],
    ["--port <port>", `port to listen on, 0 = any free one (default ${DEFAULT_PORT})`],
    ["--data-dir <folder>", "the folder that holds everything (default ./cairn-data)"],
    ["--default-artifact-root <uri>", "where clients store artifacts by themselves, instead of through the server"],
    ["--artifacts-destination <folder>", "keep uploaded artifacts as plain files there"],
    ["--static-prefix <path>", "serve below this path, such as /cairn"],
    ["--public-url <url>", "where people reach the server, if by another name than its address; its host is let in"],
    ["--allow-anonymous", "listen beyond this machine though there are no accounts"],
  ];
  const serve = program.command("serve").description("Start the server on one folder and one port.");
  for (const [flag, text] of more) serve.addOption(new Option(flag, text));
  serve
    .addHelpText(
      "after",
      `\nEach option is also an environment variable: --data-dir is CAIRN_DATA_DIR. A flag wins.\n${examples([
        "cairn serve",
        "cairn serve --port 0 --data-dir /srv/cairn",
        "cairn serve --host 0.0.0.0 --allow-anonymous --public-url http://gpu1.example.org:4600",
      ])}`,
    )
    .action(async (flags) => (await import("./commands/serve.ts")).serve(flags));
}

function addRuns(program: Command, url: () => string | undefined): void {
  const runs = asking(program.command("runs"))
    .description("List the runs, newest first; `runs show RUN` prints one.")
    .option("--experiment <name-or-id>", "only of this experiment")
    .option("--filter <query>", 'such as: metrics."val/acc" > 0.9 and params.lr = 0.1')
    .option("--order <keys>", 'such as: metrics."val/acc" desc, created')
    .option("--deleted", "list the deleted ones instead")
    .option("--limit <n>", "at most so many (default 50)")
    .option(...jsonFlag)
    .addHelpText(
      "after",
      examples([
        "cairn runs --experiment digits --order 'metrics.loss asc'",
        "cairn runs --filter \"state = 'running'\"",
        "cairn runs show 1f0c9a3b",
        "cairn runs delete 1f0c9a3b",
      ]),
    )
    .allowExcessArguments()
    .action(async (flags) => {
      const [word] = runs.args;
      if (word !== undefined) {
        const names = runs.commands.map((command) => command.name()).join(", ");
        throw new ConfigError(
          `There is no command 'runs ${word}' (there are ${names}). To print one run: cairn runs show ${word}`,
        );
      }
      await (await import("./commands/runs.ts")).listRuns(url(), flags);
    });
  asking(runs.command("show <run>"))
    .description("Print one run. RUN is its id, the unique start of it, or its unique name.")
    .option(...jsonFlag)
    .addHelpText("after", examples(["cairn runs show 1f0c9a3b", "cairn runs show amber-otter-252 --json"]))
    .action(async (run, _flags, command: Command) =>
      (await import("./commands/show-run.ts")).showRun(url(), run, command.optsWithGlobals()),
    );
  for (const [name, text] of [
    ["delete", "Delete a run; `runs restore` takes that back."],
    ["restore", "Take a deletion back."],
  ] as const) {
    asking(runs.command(`${name} <run>`))
      .description(text)
      .addHelpText("after", examples([`cairn runs ${name} 1f0c9a3b`]))
      .action(async (run) => (await import("./commands/delete-run.ts"))[`${name}Run`](url(), run));
  }
  asking(runs.command("purge <run>"))
    .description("Remove a deleted run for good. A later `cairn gc` frees its bytes.")
    .option("--yes", "do not ask")
    .addHelpText("after", examples(["cairn runs purge 1f0c9a3b"]))
    .action(async (run, flags) => (await import("./commands/delete-run.ts")).purgeRun(url(), run, flags));
}

function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
