import type { Command } from "commander";
import { asking, examples, jsonFlag } from "./command-help.ts";

const REFERENCE = "NAME is the latest, NAME:3 a version, NAME:production a tag.";

/** The commands of model repositories and their images. */
export function addModels(program: Command, url: () => string | undefined): void {
  asking(program.command("models"))
    .description("List the model repositories of the project.")
    .option(...jsonFlag)
    .addHelpText(
      "after",
      `\nThe project is the one that cairn.yml in this folder names (project: NAME), else CAIRN_PROJECT, else 'default'.\n${examples(
        ["cairn models", "cairn models --json", "CAIRN_PROJECT=credit cairn models"],
      )}`,
    )
    .action(async (flags) => (await import("./commands/models.ts")).listModels(url(), flags));

  asking(program.command("models:create <name>"))
    .description("Make a model repository.")
    .option("--description <text>", "what the model is for")
    .addHelpText("after", examples(["cairn models:create credit-risk"]))
    .action(async (name, flags) => (await import("./commands/models.ts")).createModel(url(), name, flags));

  asking(program.command("models:log [name]"))
    .description("Print the images that were saved, newest first; of one repository, or of all.")
    .option("-a, --all", "all metadata of each image")
    .option("--limit <n>", "at most so many (default 50)")
    .option("--json", "print JSON for programs")
    .addHelpText("after", examples(["cairn models:log", "cairn models:log credit-risk --all"]))
    .action(async (name, flags) => (await import("./commands/models-log.ts")).logModels(url(), name, flags));

  asking(program.command("models:show <reference>"))
    .description(`Print the metadata of an image. ${REFERENCE}`)
    .option("--json", "print JSON for programs, with the attachments")
    .addHelpText("after", examples(["cairn models:show credit-risk:3", "cairn models:show credit-risk:latest --json"]))
    .action(async (text, flags) => (await import("./commands/models-show.ts")).showModel(url(), text, flags));

  asking(program.command("models:download <reference>"))
    .description(`Download the model of an image. ${REFERENCE}`)
    .option("-o, --output <file>", "write it there (default NAME-vVERSION.EXT; .tar when the model is several files)")
    .option("--force", "replace a file that is there")
    .option("--json", "print JSON for programs")
    .addHelpText(
      "after",
      examples(["cairn models:download credit-risk:3", "cairn models:download credit-risk:latest -o model.json"]),
    )
    .action(async (text, flags) => (await import("./commands/models-download.ts")).downloadModel(url(), text, flags));
}
