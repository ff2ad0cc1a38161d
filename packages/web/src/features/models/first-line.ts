/**
 * The first line of a card that says something: its title is most often the model's name again, and Markdown's signs are
 * not words.
 *
 * @example
 * firstLine("# digits\n\nReads **digits**."); // "Reads digits."
 */
export function firstLine(card: string): string {
  const lines = card.split("\n").map((line) => line.trim());
  const start = lines[0] === "---" ? lines.indexOf("---", 1) + 1 : 0;
  const spoken = lines.slice(start).filter((line) => line !== "" && !/^([-=*_|`~]+\s*)+$/.test(line));
  const line = spoken.find((each) => !each.startsWith("#")) ?? spoken[0] ?? "";
  return line
    .replace(/^(#+|>|[-*+]|\d+\.)\s+/, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(\*\*|__|`)(.+?)\1/g, "$2");
}
