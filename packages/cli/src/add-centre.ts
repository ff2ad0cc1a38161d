import type { Command } from "commander";
import { asking, examples } from "./command-help.ts";

const choice = [
  ["--include <globs>", "only these, such as '*.py|*.csv'; * crosses folders"],
  ["--exclude <globs>", "not these"],
] as const;
const transfer = [
  ...choice,
  ["--merge <policy>", "for files that both sides changed: error (default), keep, overwrite"],
  ["--dry-run", "say what would move, and move nothing"],
] as const;

/** The file centre: `push`, `pull`, `scan`, `profiles`, `versions`. */
export function addCentre(program: Command, url: () => string | undefined): void {
  const load = () => import("./commands/centre.ts");
  const add = (
    usage: string,
    text: string,
    flags: readonly (readonly [string, string])[],
    lines: readonly string[],
  ) => {
    const command = asking(program.command(usage)).description(text);
    for (const [flag, meaning] of flags) command.option(flag, meaning);
    return command
      .option("--center <path>", "a folder, or a server's URL (env CAIRN_CENTRE; default the server)")
      .option("--json", "print JSON for programs")
      .addHelpText("after", examples(lines));
  };
  add(
    "push <name:version> [path]",
    "Send the files of a folder (default .), or one file, that differ from the centre's. Goes on where it broke off.",
    [
      ...transfer,
      ["--subdir <folder>", "the folder in the version that takes them"],
      ["--visibility <who>", "private (default) or public; stored with the model"],
    ],
    [
      "cairn push credit:1.0 model_workspace",
      "cairn push credit:1.0 model.db --subdir weights --dry-run",
      "cairn push credit:1.0 . --exclude '*.log|tmp/*' --center /srv/models",
    ],
  ).action(async (ref, path, flags) => (await load()).push(url(), ref, path, flags));
  add(
    "pull <name:version> [folder]",
    "Fetch a version's files that differ from those in a folder (default .), verified. Goes on where it broke off.",
    transfer,
    ["cairn pull credit:1.0 model_workspace", "cairn pull credit:1.0 --include '*.py' --merge overwrite"],
  ).action(async (ref, folder, flags) => (await load()).pull(url(), ref, folder, flags));
  add(
    "scan <name:version>",
    "List a version's files in the centre: size, time, MD5.",
    [...choice, ["--sort <key>", "name (default), mod or size"]],
    ["cairn scan credit:1.0", "cairn scan credit:1.0 --include '*.py' --sort mod --json"],
  ).action(async (ref, flags) => (await load()).scan(url(), ref, flags));
  add("profiles", "List the models of the centre and where their files are.", [], ["cairn profiles --json"]).action(
    async (flags) => (await load()).profiles(url(), flags),
  );
  add(
    "versions <name>",
    "List a model's versions in the centre, oldest first.",
    [],
    ["cairn versions credit", "cairn versions credit --center ./centre --json"],
  ).action(async (name, flags) => (await load()).versions(url(), name, flags));
}
