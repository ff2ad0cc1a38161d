export type { DeleteFiles } from "./delete-files.ts";
export { folderCentre } from "./folder/folder-centre.ts";
export type { ImportOptions } from "./import-files.ts";
export { ModelFile, type ModelFileOptions } from "./model-file.ts";
export { checkModelName, checkVersionName, pipeName } from "./names.ts";
export { openCentre } from "./open-centre.ts";
export { type Choice, chooser } from "./patterns.ts";
export { createPipe, memoryName, type Pipe, type PipeAddress, type PipeConfig } from "./pipe.ts";
export { type Merge, type Move, merges, type Plan, planMoves, type Side } from "./plan.ts";
export * from "./port.ts";
export { APILocal, type CentreChoice, type LocalApi, listProfiles } from "./profiles.ts";
export { pullFiles } from "./pull.ts";
export {
  type PushOptions,
  type PushTarget,
  pushFiles,
  type Transfer,
  type TransferOptions,
  type TransferProgress,
} from "./push.ts";
export { describeFile, type ScannedFile, type ScanOptions, scanFiles } from "./scan.ts";
export { serverCentre } from "./server/server-centre.ts";
export type { CentreServices } from "./services.ts";
