/** What one field of a message may hold, in proto2's JSON form. */
export type FieldType =
  | { readonly kind: "string" | "int32" | "int64" | "double" | "bool" }
  | { readonly kind: "enum"; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: "message"; readonly shape: Shape };

export interface Field<T> {
  readonly type: FieldType;
  readonly repeated: boolean;
  /** Refused when missing, null or "". */
  readonly required: boolean;
  /** A second name under which old clients send it. */
  readonly alias?: string;
  /** Carries the decoded type, never a value. */
  readonly as?: T;
}

/** A message: its fields by their proto names. The names that JSON gives them are derived. */
export type Shape = Readonly<Record<string, Field<unknown>>>;

export type Decoded<S extends Shape> = { readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never };

const field = <T>(type: FieldType): Field<T | undefined> => ({ type, repeated: false, required: false });

export const text = field<string>({ kind: "string" });
export const int32 = field<number>({ kind: "int32" });
/** Whole numbers beyond 2^53-1 are refused: JSON.parse has lost their last digits. */
export const int64 = field<number>({ kind: "int64" });
export const double = field<number>({ kind: "double" });
export const bool = field<boolean>({ kind: "bool" });

/** One of a closed list, by name or number; decoded to its name. */
export function choice<V extends Readonly<Record<string, number>>>(values: V): Field<(keyof V & string) | undefined> {
  return field<keyof V & string>({ kind: "enum", values });
}

export function nested<S extends Shape>(shape: S): Field<Decoded<S> | undefined> {
  return field<Decoded<S>>({ kind: "message", shape });
}

export function required<T>(of: Field<T | undefined>): Field<T> {
  return {
    type: of.type,
    repeated: of.repeated,
    required: true,
    ...(of.alias === undefined ? {} : { alias: of.alias }),
  };
}

/** Missing is the same as empty. */
export function repeated<T>(of: Field<T | undefined>): Field<readonly T[]> {
  return { type: of.type, repeated: true, required: false };
}

/** The run a request is about: clients before 1.0 call it `run_uuid`, today's send both. */
export const runId: Field<string> = { type: { kind: "string" }, repeated: false, required: true, alias: "run_uuid" };
