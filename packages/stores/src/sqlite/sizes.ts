export const MIB = 2 ** 20;

/** Changes that wait for their commit: what `write` refuses beyond. */
export const QUEUE_BYTES = 32 * MIB;
/** SQLite's log: beyond this no change is applied until readers let it shrink. */
export const LOG_BYTES = 256 * MIB;
/** Journal records not yet sealed: beyond this, seals go before commits. */
export const JOURNAL_BYTES = 256 * MIB;
