import type { Json, Parameter } from "@cairn/core";
import { formatValue } from "../../lib/format.ts";

export interface ParameterGroup {
  /** "" for parameters without one. */
  readonly group: string;
  readonly parameters: readonly Parameter[];
}

const names = new Intl.Collator("en", { numeric: true });

/**
 * Parameters by their group (given, or before the first `/` of the key), the ones without a group first; keys with numbers in them by the numbers.
 *
 * @param filter words that must each be in the flat key or in the value, in any case.
 */
export function parameterGroups(parameters: readonly Parameter[], filter = ""): readonly ParameterGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Parameter[]>();
  for (const parameter of parameters) {
    const text = `${flatKey(parameter)} ${formatValue(parameter.value)}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const shown = asShown(parameter);
    const group = groups.get(shown.group);
    if (group === undefined) groups.set(shown.group, [shown]);
    else group.push(shown);
  }
  return [...groups]
    .map(([group, each]) => ({ group, parameters: each.toSorted((a, b) => names.compare(a.key, b.key)) }))
    .sort((a, b) => names.compare(a.group, b.group));
}

/** A client that knows no groups writes them into the key: `optimizer/lr`. */
function asShown(parameter: Parameter): Parameter {
  const slash = parameter.key.indexOf("/");
  if (parameter.group !== "" || slash <= 0 || slash === parameter.key.length - 1) return parameter;
  return { ...parameter, group: parameter.key.slice(0, slash), key: parameter.key.slice(slash + 1) };
}

export function flatKey({ group, key }: Pick<Parameter, "group" | "key">): string {
  return group === "" ? key : `${group}/${key}`;
}

/** As one JSON object: a group is an object in it. A key that a group has taken goes by its flat name. */
export function parametersAsJson(groups: readonly ParameterGroup[]): string {
  const whole: [string, Json][] = [];
  const groupNames = new Set(groups.map(({ group }) => group));
  for (const { group, parameters } of groups) {
    if (group !== "") whole.push([group, Object.fromEntries(parameters.map(({ key, value }) => [key, value]))]);
    else for (const { key, value } of parameters) whole.push([groupNames.has(key) ? `/${key}` : key, value]);
  }
  return JSON.stringify(Object.fromEntries(whole), null, 2);
}

/** A line for each: `optimizer/lr=0.01`. */
export function parametersAsLines(groups: readonly ParameterGroup[]): string {
  return groups
    .flatMap(({ parameters }) => parameters)
    .map((parameter) => {
      const { value } = parameter;
      return `${flatKey(parameter)}=${typeof value === "string" ? value : JSON.stringify(value)}`;
    })
    .join("\n");
}
