import type { ArtifactStore } from "./artifacts/port.ts";
import { artifactService } from "./artifacts/service.ts";
import type { BlobStore } from "./blobs/port.ts";
import { uploadService } from "./blobs/service.ts";
import { checkpointService } from "./checkpoints/service.ts";
import type { Clock } from "./clock.ts";
import { datasetService } from "./datasets/service.ts";
import { experimentService } from "./experiments/service.ts";
import type { IdSource } from "./ids.ts";
import { projectService } from "./projects/service.ts";
import { runService } from "./runs/service.ts";
import { seriesService } from "./series/service.ts";
import type { Services } from "./services.ts";
import type { RecordStore } from "./store/port.ts";

export interface ServiceDeps {
  readonly records: RecordStore;
  readonly blobs: BlobStore;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Who asks. The name becomes the author of what is written. */
export interface Principal {
  readonly name: string;
}

export const anonymous: Principal = Object.freeze({ name: "" });

/**
 * The services over a store. Call `init` once before the first use: it gives a new record its first project.
 *
 * @example
 * const { init, as } = createServices(deps);
 * await init();
 * const run = await as({ name: "ada" }).runs.create({ name: "first" });
 */
export function createServices(deps: ServiceDeps): {
  /** `location`: of the files of the first experiment, if clients keep them by themselves. */
  init(options?: { readonly location?: string | null }): Promise<void>;
  as(principal: Principal): Services;
} {
  const { records, blobs, clock, ids } = deps;
  return {
    init: async ({ location = null } = {}) => {
      // Asked first, because reading does not wait for a store's writer to wake.
      if ((await records.read("projects.list", {})).length > 0) return;
      await records.write("projects.init", { location }, { at: clock.now(), author: "" });
    },
    as: (principal) => {
      const stamp = () => ({ at: clock.now(), author: principal.name });
      const trees = artifactService(records, deps.artifacts, stamp);
      const { artifacts, checkpointFiles, files, runFiles } = trees;
      return Object.freeze({
        projects: projectService(records),
        experiments: experimentService(records, stamp, runFiles),
        runs: runService(records, stamp, ids, runFiles),
        series: seriesService(records, stamp),
        artifacts,
        datasets: datasetService(records),
        checkpoints: checkpointService(records, stamp, ids, runFiles),
        checkpointFiles,
        files,
        uploads: uploadService(blobs, trees, stamp, ids),
      });
    },
  };
}
