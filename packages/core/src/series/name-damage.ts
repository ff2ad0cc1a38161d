import { TrackerError } from "../errors.ts";

/**
 * Runs a read of series. The engine names a damaged record by numbers; its reader knows runs and keys.
 *
 * @throws internal, saying whose record is damaged and what to do; whatever else `read` throws, as it is.
 */
export function nameDamage<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TrackerError) || error.code !== "internal" || error.details["record"] === undefined)
      throw error;
    const message = `${what} cannot be read whole, because a stored record is damaged. ${error.message} 'cairn check' lists all that is damaged.`;
    throw new TrackerError("internal", message, error.details, { cause: error });
  }
}
