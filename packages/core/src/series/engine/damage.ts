import { TrackerError } from "../../errors.ts";
import { isCorruptRecord } from "../codec/corrupt.ts";

/** A stored record that cannot be read, named so that an operator finds it. */
export interface Damage {
  readonly run: number;
  /** Such as `journal record 17` or `chunk 3 of series 12, attempt 1`. */
  readonly place: string;
  readonly message: string;
}

export type OnDamage = (damage: Damage) => void;

/**
 * Reads a record. If it is damaged, the error says where it lies; with `onDamage` it is reported instead, and `without` goes on
 * as if the record held nothing.
 */
export function readRecord<T>(
  onDamage: OnDamage | null,
  run: number,
  place: () => string,
  read: () => T,
  without: () => T,
): T {
  try {
    return read();
  } catch (error) {
    if (!isCorruptRecord(error) || error.details["place"] !== undefined) throw error;
    const named = `${error.message} It is ${place()} of run number ${run}.`;
    if (onDamage === null) {
      throw new TrackerError("internal", named, { ...error.details, run, place: place() }, { cause: error });
    }
    onDamage({ run, place: place(), message: named });
    return without();
  }
}
