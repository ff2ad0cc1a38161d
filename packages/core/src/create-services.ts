import type { ArtifactStore } from "./artifacts/port.ts";
import { artifactService } from "./artifacts/service.ts";
import type { BlobStore } from "./blobs/port.ts";
import { uploadService } from "./blobs/service.ts";
import { checkpointService } from "./checkpoints/service.ts";
import type { Clock } from "./clock.ts";
import { datasetService } from "./datasets/service.ts";
import { experimentService } from "./experiments/service.ts";
import type { IdSource } from "./ids.ts";
import { labelService } from "./labels/service.ts";
import { versionFileService } from "./models/file-service.ts";
import { modelService } from "./models/service.ts";
import { versionService } from "./models/version-service.ts";
import { projectService } from "./projects/service.ts";
import { runService } from "./runs/service.ts";
import { seriesService } from "./series/service.ts";
import type { FormedReads, Services } from "./services.ts";
import type { Formed } from "./store/forms.ts";
import type { RecordStore } from "./store/port.ts";
import { viewService } from "./views/service.ts";

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
  /** The reads whose answers may be large, checked as those of `as` are, with their answers as bytes. */
  formed(principal: Principal, formed: Formed): FormedReads;
} {
  const { blobs, clock, ids } = deps;

  function build(records: RecordStore, principal: Principal): Services {
    const stamp = () => ({ at: clock.now(), author: principal.name });
    const trees = artifactService(records, deps.artifacts, stamp);
    const { artifacts, checkpointFiles, files, runFiles } = trees;
    const versioned = versionFileService(records, deps.artifacts, stamp);
    return Object.freeze({
      projects: projectService(records),
      experiments: experimentService(records, stamp, runFiles),
      runs: runService(records, stamp, ids, runFiles),
      labels: labelService(records),
      views: viewService(records, stamp),
      series: seriesService(records, stamp),
      artifacts,
      datasets: datasetService(records),
      checkpoints: checkpointService(records, stamp, ids, runFiles),
      checkpointFiles,
      files,
      uploads: uploadService(blobs, trees, versioned, stamp, ids),
      models: modelService(records, stamp),
      versions: versionService({ records, artifacts: deps.artifacts, blobs }, stamp),
      versionFiles: versioned.versionFiles,
    });
  }

  return {
    init: async ({ location = null } = {}) => {
      const { records } = deps;
      // Asked first, because reading does not wait for a store's writer to wake.
      if ((await records.read("projects.list", {})).length > 0) return;
      await records.write("projects.init", { location }, { at: clock.now(), author: "" });
    },
    as: (principal) => build(deps.records, principal),
    formed(principal, formed) {
      const read = (kind: never, input: never) => deps.records.readAs(formed, kind, input);
      // These services check what is asked and hand on what was read, whatever it is.
      const { runs, series } = build({ ...deps.records, read } as unknown as RecordStore, principal);
      return { runs, series } as unknown as FormedReads;
    },
  };
}
