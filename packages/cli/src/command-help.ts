import type { Command, Option } from "commander";

export const jsonFlag = ["--json", "print JSON for programs instead of a table"] as const;

/** Commands that ask a server say in their help how to name it. */
export function asking(command: Command): Command {
  return command.configureHelp({ showGlobalOptions: true, visibleGlobalOptions: urlOption });
}

function urlOption(command: Command): Option[] {
  let top = command;
  while (top.parent) top = top.parent;
  return top.options.filter(({ long }) => long === "--url") as Option[];
}

/** The last part of a help: command lines to paste. */
export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}\n`;
}
