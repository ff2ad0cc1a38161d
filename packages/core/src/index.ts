export * from "./artifacts/artifact.ts";
export { attachmentHeader, inlineHeader } from "./artifacts/attachment.ts";
export { linkBlob } from "./artifacts/link.ts";
export { checkListing, entryKey } from "./artifacts/list.ts";
export * from "./artifacts/media.ts";
export { type ArtifactPath, parseArtifactPath } from "./artifacts/path.ts";
export { decodePercent } from "./artifacts/percent.ts";
export * from "./artifacts/port.ts";
export { checkpointTree, looseTree, parseTree, runTree, type TreeOwner, versionTree } from "./artifacts/tree.ts";
export * from "./blobs/port.ts";
export * from "./checkpoints/checkpoint.ts";
export * from "./checkpoints/link.ts";
export * from "./clock.ts";
export { anonymous, createServices, type Principal, type ServiceDeps } from "./create-services.ts";
export * from "./datasets/dataset.ts";
export * from "./errors.ts";
export * from "./events.ts";
export * from "./experiments/experiment.ts";
export { freeName } from "./experiments/free-name.ts";
export * from "./ids.ts";
export * from "./json.ts";
export { checkName, checkText, MAX_KEY_LENGTH } from "./limits.ts";
export type { Finding, GcResult, Progress } from "./maintenance/finding.ts";
export { createMaintenance, type Maintenance } from "./maintenance/maintenance.ts";
export * from "./models/history.ts";
export * from "./models/model.ts";
export { parseModelRef, parseVersionNumber } from "./models/ref.ts";
export * from "./models/version.ts";
export * from "./page.ts";
export * from "./projects/project.ts";
export { type ChangedParameter, findChangedParameters } from "./runs/changed-parameters.ts";
export { checkLog } from "./runs/check-log.ts";
export * from "./runs/columns.ts";
export type { RunPart } from "./runs/fields.ts";
export * from "./runs/groups.ts";
export * from "./runs/inputs.ts";
export type { KeptRunParts, RunParts } from "./runs/kept-parts.ts";
export * from "./runs/lineage.ts";
export { findName } from "./runs/names.ts";
export { purgeSlice } from "./runs/purge.ts";
export * from "./runs/run.ts";
export * from "./runs/state.ts";
export { decodeValue, encodeValue } from "./runs/values.ts";
export * from "./search/search.ts";
export * from "./series/batch.ts";
export { type HotRunStats, latestOfHotRuns, type SeriesStats } from "./series/engine/hot-latest.ts";
export type { EngineLimits } from "./series/engine/limits.ts";
export { createSeriesReader, type SeriesReaderOptions } from "./series/engine/reader.ts";
export { createReaderCache, type ReaderCache } from "./series/engine/reader-cache.ts";
export { createSeriesWriter, type SeriesWriterOptions } from "./series/engine/writer.ts";
export { parseSeriesKey } from "./series/key.ts";
export { createKeyLists, type KeyLists } from "./series/key-lists.ts";
export { type PointRow, packPoints } from "./series/pack-points.ts";
export * from "./series/port.ts";
export * from "./series/series.ts";
export * from "./services.ts";
export { applyChange, type ChangeInput, type ChangeKind, type ChangeOutput, changes } from "./store/changes.ts";
export * from "./store/context.ts";
export * from "./store/forms.ts";
export * from "./store/port.ts";
export {
  answerQuery,
  heavyQueries,
  type QueryInput,
  type QueryKind,
  type QueryOutput,
  queries,
} from "./store/queries.ts";
export * from "./store/table.ts";
export * from "./store/tables.ts";
export * from "./store/tx.ts";
export * from "./views/view.ts";
