import { invalid } from "@cairn/core";

/** What an epoch ends with: numbers, or scalars that are still on their way from the device. */
export type Logs = Readonly<Record<string, number | { data(): Promise<ArrayLike<number>> }>>;

/** Logs as numbers, keys in the order given. */
export async function resolveLogs(logs: object): Promise<Record<string, number>> {
  const entries = Object.entries(logs).map(async ([key, value]: [string, unknown]) => {
    if (typeof value === "number") return [key, value] as const;
    const isScalar = typeof value === "object" && value !== null && "data" in value && typeof value.data === "function";
    if (!isScalar) throw invalid(`The log '${key}' is a ${typeof value}, not a number.`, { key });
    const data = (await (value as { data(): Promise<ArrayLike<number>> }).data()) as ArrayLike<number>;
    return [key, data[0] ?? Number.NaN] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
