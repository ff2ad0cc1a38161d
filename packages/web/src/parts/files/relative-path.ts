/**
 * What a relative address in a file means: the path of another file of the same tree.
 *
 * @param from the file in which it stands.
 * @returns undefined when it leads out of the tree, or is an address of the web.
 * @example
 * relativePath("docs/report.md", "../plots/a%20b.png"); // "plots/a b.png"
 */
export function relativePath(from: string, address: string): string | undefined {
  if (address === "" || /^(?:[a-z][a-z0-9+.-]*:|\/|#|\\)/i.test(address)) return undefined;
  let text: string;
  try {
    text = decodeURIComponent(address.replace(/[?#].*$/, ""));
  } catch {
    return undefined;
  }
  const names = from.split("/").slice(0, -1);
  for (const name of text.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return names.length === 0 ? undefined : names.join("/");
}
