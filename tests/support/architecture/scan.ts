/**
 * The code of a TypeScript text with every comment and the inside of every string, template and regular expression
 * replaced by spaces. Positions and lines stay, so a match can be looked up in the original text.
 */
export function blankComments(text: string): string {
  const out = text.split("");
  const blank = (from: number, to: number) => {
    for (let i = from; i < to; i++) if (out[i] !== "\n") out[i] = " ";
  };
  // Depth of braces inside each `${` that is open: its closing brace leads back into the template.
  const templates: number[] = [];
  let i = 0;
  while (i < text.length) {
    const two = text.slice(i, i + 2);
    const char = text[i] ?? "";
    if (two === "//" || two === "/*" || (i === 0 && two === "#!")) {
      const end = two === "/*" ? text.indexOf("*/", i + 2) + 2 : text.indexOf("\n", i);
      const stop = end <= 1 ? text.length : end;
      blank(i, stop);
      i = stop;
    } else if (char === '"' || char === "'") {
      const stop = endOfString(text, i);
      blank(i + 1, stop - 1);
      i = stop;
    } else if (char === "/" && beginsRegex(out, i)) {
      const stop = endOfRegex(text, i);
      blank(i + 1, stop - 1);
      i = stop;
    } else if (char === "`" || (char === "}" && templates.at(-1) === 0)) {
      if (char === "}") templates.pop();
      const { stop, opensExpression } = endOfTemplatePart(text, i);
      blank(i + 1, opensExpression ? stop - 2 : stop - 1);
      if (opensExpression) templates.push(0);
      i = stop;
    } else {
      const depth = templates.at(-1);
      if (depth !== undefined && char === "{") templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && char === "}") templates[templates.length - 1] = depth - 1;
      i++;
    }
  }
  return out.join("");
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === text[start] || text[i] === "\n") return i + 1;
  }
  return text.length;
}

function endOfTemplatePart(text: string, start: number): { stop: number; opensExpression: boolean } {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "`") return { stop: i + 1, opensExpression: false };
    else if (text[i] === "$" && text[i + 1] === "{") return { stop: i + 2, opensExpression: true };
  }
  return { stop: text.length, opensExpression: false };
}

function endOfRegex(text: string, start: number): number {
  let isClass = false;
  for (let i = start + 1; i < text.length && text[i] !== "\n"; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "[") isClass = true;
    else if (text[i] === "]") isClass = false;
    else if (text[i] === "/" && !isClass) return i + 1;
  }
  return start + 1;
}

/** A slash divides after a value (name, number, closing bracket) and begins a regular expression elsewhere. */
function beginsRegex(code: readonly string[], slash: number): boolean {
  const before = code
    .slice(Math.max(0, slash - 60), slash)
    .join("")
    .trimEnd();
  if (/\b(?:return|typeof|case|in|of|do|else|void|delete|await|yield)$/.test(before)) return true;
  return !/[\w$)\]}"'`/]$/.test(before);
}
