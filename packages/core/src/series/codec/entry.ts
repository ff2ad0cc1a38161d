export {
  allocateEntries,
  buildEntries,
  buildEntry,
  CHUNK,
  COARSE,
  type Entry,
  type EntryColumns,
  entriesOf,
  entryAt,
  entryColumns,
  FINE,
  groupEntries,
  MIDDLE,
  mergeEntries,
} from "./entry-build.ts";
export { decodeEntries, encodeEntries, MAX_ENTRIES } from "./entry-codec.ts";
