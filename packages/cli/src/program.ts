import { Command } from "commander";
import { DEFAULT_URL } from "./config.ts";

interface Global {
  readonly url?: string;
}

const jsonFlag = ["--json", "print JSON for programs instead of a table"] as const;

/** The command line as a tree. What a command does is loaded only when it is called, so that `--help` and `serve` start fast. */
export function buildProgram(): Command {
  const program = new Command("cairn")
    .description("Keeps the record of your models: runs, metrics, files, versions.")
    .option("--url <url>", `the server to ask (env CAIRN_URL; default ${DEFAULT_URL})`)
    .exitOverride()
    .showHelpAfterError("(add --help for what there is)")
    .addHelpText(
      "after",
      `${examples([
        "cairn serve",
        "cairn experiments",
        "cairn runs --experiment digits",
        "cairn runs show 1f0c…",
        "cairn check",
      ])}\nExit status: 0 done, 1 it could not be done (or a check found damage), 2 it was asked wrongly.\n`,
    );
  const url = () => program.opts<Global>().url;

  program
    .command("serve")
    .description("Start the server on one folder and one port.")
    .option("--host <host>", "address to listen on (env CAIRN_HOST; default 127.0.0.1)")
    .option("--port <port>", "port to listen on, 0 = any free one (env CAIRN_PORT; default 4600)")
    .option("--data-dir <folder>", "the folder that holds everything (env CAIRN_DATA_DIR; default ./cairn-data)")
    .option(
      "--default-artifact-root <uri>",
      "where clients store artifacts by themselves (env CAIRN_DEFAULT_ARTIFACT_ROOT)",
    )
    .option(
      "--artifacts-destination <folder>",
      "keep uploaded artifacts as plain files there (env CAIRN_ARTIFACTS_DESTINATION)",
    )
    .option("--static-prefix <path>", "serve below this path, such as /cairn (env CAIRN_STATIC_PREFIX)")
    .option("--allow-anonymous", "listen beyond this machine though there are no accounts (env CAIRN_ALLOW_ANONYMOUS)")
    .addHelpText("after", examples(["cairn serve", "cairn serve --port 0 --data-dir /srv/cairn"]))
    .action(async (flags) => (await import("./commands/serve.ts")).serve(flags));

  program
    .command("experiments")
    .description("List the experiments, newest first.")
    .option("--deleted", "list the deleted ones instead")
    .option("--filter <query>", "such as: name like 'digits%' and tags.team = 'vision'")
    .option("--limit <n>", "at most so many (default 50)")
    .option(...jsonFlag)
    .addHelpText("after", examples(["cairn experiments", "cairn experiments --json"]))
    .action(async (flags) => (await import("./commands/experiments.ts")).listExperiments(url(), flags));

  addRuns(program, url);

  for (const [name, text] of [
    ["check", "Verify every record and re-hash every file; say what is wrong."],
    ["gc", "Free the files that nothing names any more; say how many bytes."],
  ] as const) {
    program
      .command(name)
      .description(`${text} Asks the running server, else opens the folder.`)
      .option("--data-dir <folder>", "the folder (env CAIRN_DATA_DIR; default ./cairn-data)")
      .option(...jsonFlag)
      .addHelpText("after", examples([`cairn ${name}`, `cairn ${name} --data-dir /srv/cairn --json`]))
      .action(async (flags) => (await import("./commands/maintain.ts"))[name](flags));
  }
  return program;
}

function addRuns(program: Command, url: () => string | undefined): void {
  const runs = program
    .command("runs")
    .description("List the runs, newest first; `runs show RUN` prints one.")
    .option("--experiment <name-or-id>", "only of this experiment")
    .option("--filter <query>", 'such as: metrics."val/acc" > 0.9 and params.lr = 0.1')
    .option("--order <keys>", 'such as: metrics."val/acc" desc')
    .option("--deleted", "list the deleted ones instead")
    .option("--limit <n>", "at most so many (default 50)")
    .option(...jsonFlag)
    .addHelpText(
      "after",
      examples([
        "cairn runs --experiment digits",
        "cairn runs --filter \"state = 'running'\"",
        "cairn runs show 1f0c…",
        "cairn runs delete 1f0c…",
      ]),
    )
    .action(async (flags) => (await import("./commands/runs.ts")).listRuns(url(), flags));
  runs
    .command("show <run>")
    .description("Print one run. RUN is its id, the unique start of it, or its unique name.")
    .option(...jsonFlag)
    .action(async (run, _flags, command: Command) =>
      (await import("./commands/show-run.ts")).showRun(url(), run, command.optsWithGlobals()),
    );
  for (const [name, text] of [
    ["delete", "Delete a run; `runs restore` takes that back."],
    ["restore", "Take a deletion back."],
  ] as const) {
    runs
      .command(`${name} <run>`)
      .description(text)
      .action(async (run) => (await import("./commands/delete-run.ts"))[`${name}Run`](url(), run));
  }
  runs
    .command("purge <run>")
    .description("Remove a deleted run for good. Its bytes are freed by the next `cairn gc`.")
    .option("--yes", "do not ask")
    .action(async (run, flags) => (await import("./commands/delete-run.ts")).purgeRun(url(), run, flags));
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}\n`;
}
