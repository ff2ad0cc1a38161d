/** The face of the room: what wires and stores need of searching. */
export { checkExpression, checkOrder } from "./check-expression.ts";
export { decodeCursor, encodeCursor, searchScope } from "./cursor.ts";
export { createEffort, type Effort } from "./effort.ts";
export { formatField, formatOrder, formatQuery } from "./format.ts";
export { booleanForms, type Forms, jsonForms, numberForms, tagForms, textForms } from "./forms.ts";
export { createGroups, type Group, type GroupBuilder, groupValue, type MetricSpread } from "./groups.ts";
export {
  countKeys,
  type KeyCounts,
  type KeyKind,
  keyKinds,
  type ParameterCounts,
  type RunChoice,
  typeBitOf,
  type ValueType,
  valueTypes,
} from "./keys.ts";
export { MAX_ORDER_KEYS, MAX_QUERY_DEPTH, MAX_QUERY_LENGTH, MAX_QUERY_TERMS, MAX_QUERY_VALUES } from "./limits.ts";
export { compileMatcher, FALSE, matches, TRUE, type Truth, UNKNOWN } from "./match.ts";
export { pageRecords, type RecordSearch } from "./page-records.ts";
export { parseQuery } from "./parse.ts";
export { parseField } from "./parse-field.ts";
export { parseOrder } from "./parse-order.ts";
export * from "./port.ts";
export * from "./query.ts";
export {
  buildRecord,
  isManyField,
  type ManyField,
  type PlainRecord,
  type SearchRecord,
  type SingleField,
} from "./record.ts";
export { type RunColumns, readRunAttribute, readRunRecord, runColumnsOf } from "./run-record.ts";
export {
  type AttributeType,
  checkpointSchema,
  experimentSchema,
  modelSchema,
  runSchema,
  type SearchSchema,
  versionSchema,
} from "./schema.ts";
export { createScanSearcher, runScope } from "./searcher.ts";
export { compareBy, compareKeys, keyOfForms, type Position, type SortKey } from "./sort-key.ts";
export { compareText, foldCase } from "./text-order.ts";
export { compileTest } from "./value-test.ts";
