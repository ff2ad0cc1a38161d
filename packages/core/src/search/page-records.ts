import { decodeCursor, encodeCursor } from "./cursor.ts";
import { compileMatcher } from "./match.ts";
import type { Expression, Order } from "./query.ts";
import type { SearchRecord } from "./record.ts";
import { comparePositions, type Position, readPosition } from "./sort-key.ts";

export interface RecordSearch {
  readonly filter: Expression | null;
  readonly order: readonly Order[];
  readonly limit: number;
  readonly cursor: string | null;
  /** Records of the order to pass over, where there is no cursor. */
  readonly offset?: number | undefined;
  /** From `searchScope`. */
  readonly scope: string;
}

/**
 * Filters, orders and pages records by the judge: the reference for every store, and the way for nouns of which there
 * are few (experiments). Its cost follows the number of records.
 *
 * @throws invalid for a bad cursor.
 */
export function pageRecords<R extends SearchRecord>(
  records: Iterable<R>,
  search: RecordSearch,
): { readonly records: readonly R[]; readonly next: string | null; readonly total: number } {
  const { order, limit, scope, offset = 0 } = search;
  const after = search.cursor === null ? null : decodeCursor(search.cursor, scope, order.length);
  const isMatch = compileMatcher(search.filter);
  const compare = comparePositions(order);
  const found: { record: R; position: Position }[] = [];
  let total = 0;
  for (const record of records) {
    if (!isMatch(record)) continue;
    total++;
    const position = readPosition(record, order);
    if (after === null || compare(position, after) > 0) found.push({ record, position });
  }
  found.sort((a, b) => compare(a.position, b.position));
  const page = found.slice(offset, offset + limit);
  const last = page[page.length - 1];
  const more = found.length > offset + limit && last !== undefined;
  return { records: page.map(({ record }) => record), next: more ? encodeCursor(scope, last.position) : null, total };
}
