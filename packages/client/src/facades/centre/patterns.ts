/** Which paths to take: globs joined by `|`, such as `*.csv|*.xls`, over the whole relative path. */
export interface Choice {
  /** Everything when left out. */
  readonly include?: string | undefined;
  /** Wins over `include`. */
  readonly exclude?: string | undefined;
}

/**
 * A test for a choice. Globs are those of Python's fnmatch: `*` is any text, folders' slashes too; `?` one character;
 * `[abc]`, `[a-z]`, `[!a]` one of some, or none of them. Case counts.
 *
 * @example
 * const isChosen = chooser({ include: "*.py", exclude: "tests/*" });
 * isChosen("sub/b.py"); // true
 */
export function chooser({ include, exclude }: Choice): (path: string) => boolean {
  const isIncluded = include === undefined ? () => true : anyOf(include);
  const isExcluded = exclude === undefined ? () => false : anyOf(exclude);
  return (path) => isIncluded(path) && !isExcluded(path);
}

function anyOf(patterns: string): (path: string) => boolean {
  const tests = patterns.split("|").map((pattern) => new RegExp(`^${translate(pattern)}$`, "su"));
  return (path) => tests.some((test) => test.test(path));
}

function translate(pattern: string): string {
  let text = "";
  for (let i = 0; i < pattern.length; ) {
    const character = String.fromCodePoint(pattern.codePointAt(i) ?? 0);
    i += character.length;
    if (character === "*") {
      if (!text.endsWith(".*")) text += ".*";
    } else if (character === "?") text += ".";
    else if (character === "[") {
      const end = pattern.indexOf("]", pattern[i] === "!" ? i + 2 : i + 1);
      if (end < 0) text += "\\[";
      else {
        text += setOf(pattern.slice(i, end));
        i = end + 1;
      }
    } else text += quote(character);
  }
  return text;
}

/** The set as alternatives of a class; a range that runs backwards holds nothing, as in Python. */
function setOf(inner: string): string {
  const isNegative = inner.startsWith("!");
  const characters = [...(isNegative ? inner.slice(1) : inner)];
  let members = "";
  for (let i = 0; i < characters.length; i++) {
    const from = characters[i] ?? "";
    const to = characters[i + 1] === "-" ? characters[i + 2] : undefined;
    if (to === undefined) members += quoteMember(from);
    else {
      if ((from.codePointAt(0) ?? 0) <= (to.codePointAt(0) ?? 0)) members += `${quoteMember(from)}-${quoteMember(to)}`;
      i += 2;
    }
  }
  if (members === "") return isNegative ? "." : "(?!)";
  return `[${isNegative ? "^" : ""}${members}]`;
}

function quote(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

function quoteMember(character: string): string {
  return character === "-" ? "\\-" : quote(character);
}
