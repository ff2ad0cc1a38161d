export const MIB = 2 ** 20;

/** Changes that wait for their commit: what `write` refuses beyond. */
export const QUEUE_BYTES = 32 * MIB;
/**
 * A change of so many bytes does not wait for the end of the HTTP thread's turn: a turn of sixteen bodies with a thousand
 * points each takes milliseconds, in which the writer could have begun. Of small ones each message costs more than it gains.
 */
export const PROMPT_BYTES = 16 * 1024;
/** SQLite's log: beyond this no change is applied until readers let it shrink. */
export const LOG_BYTES = 256 * MIB;
/** Journal records not yet sealed: beyond this, seals go before commits. */
export const JOURNAL_BYTES = 256 * MIB;
