import { table } from "./table.ts";

/** The last number given out under a name, so that a deleted row's number never comes back. */
export interface CounterRow {
  name: string;
  value: number;
}

export const counters = table<CounterRow>()({ columns: { name: "text", value: "int" }, key: ["name"] });
