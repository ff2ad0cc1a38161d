/** Bounds that keep a hostile query from costing more than it may. All are generous for people and programs alike. */

/** Longest query text, in UTF-16 units. */
export const MAX_QUERY_LENGTH = 65_536;
/** Deepest nesting of parentheses and NOT. */
export const MAX_QUERY_DEPTH = 100;
/** Most comparisons in one query. */
export const MAX_QUERY_TERMS = 1000;
/** Most values in all IN lists of one query. */
export const MAX_QUERY_VALUES = 10_000;
/** Most keys in one order. */
export const MAX_ORDER_KEYS = 32;
