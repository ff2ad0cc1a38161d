import type { ValueType } from "../search/keys.ts";

/** A key that runs have, as a column of a table. */
export interface KeyColumn {
  /** The whole key; a parameter's with its group. */
  readonly key: string;
  /** The field as a query writes it. */
  readonly field: string;
  /** How many of the runs have it. */
  readonly runs: number;
}

export interface ParameterColumn extends KeyColumn {
  readonly group: string;
  /** How many different values it has in these runs. */
  readonly distinct: number;
  readonly types: readonly ValueType[];
}

export interface MetricColumn extends KeyColumn {
  /** The key without its phase. */
  readonly name: string;
  readonly phase: string | null;
}

export interface LabelUse {
  readonly label: string;
  readonly runs: number;
}

/** Which columns a table of runs may have. Each list has the most used first, then by key. */
export interface TableColumns {
  /** The runs that were looked at. */
  readonly runs: number;
  readonly parameters: readonly ParameterColumn[];
  readonly metrics: readonly MetricColumn[];
  readonly tags: readonly KeyColumn[];
  readonly labels: readonly LabelUse[];
  /** A list was cut at the limit. */
  readonly more: boolean;
}
