/**
 * Clients of other trackers print links of their own server's page, `/#/experiments/1/runs/<id>`: the same place here.
 *
 * @param hash of the address, with or without its `#`.
 * @returns undefined when it is none of theirs.
 */
export function foreignPath(hash: string): string | undefined {
  const path = /^#?(\/[^?]*)/.exec(hash)?.[1];
  if (path === undefined) return undefined;
  const [, noun, first, inner, second] = path.split("/");
  if (noun === "experiments" && first !== undefined) {
    return inner === "runs" && second ? `/runs/${second}` : `/experiments/${first}`;
  }
  if (noun === "models") {
    if (!first) return "/models";
    return inner === "versions" && second ? `/models/${first}/versions/${second}` : `/models/${first}`;
  }
  return undefined;
}
