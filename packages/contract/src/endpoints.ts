import { artifactEndpoints, fileEndpoints } from "./artifacts.ts";
import type { ServiceKey } from "./call.ts";
import { checkpointEndpoints } from "./checkpoints.ts";
import { datasetEndpoints } from "./datasets.ts";
import type { Endpoint } from "./endpoint.ts";
import { experimentEndpoints } from "./experiments.ts";
import { modelEndpoints } from "./models.ts";
import { projectEndpoints } from "./projects.ts";
import { columnEndpoints } from "./run-columns.ts";
import { lineageEndpoints } from "./run-lineage.ts";
import { runEndpoints } from "./runs.ts";
import { seriesEndpoints } from "./series.ts";
import { uploadEndpoints } from "./uploads.ts";
import { versionEndpoints, versionFileEndpoints } from "./versions.ts";
import { viewEndpoints } from "./views.ts";

/** The table: every call of the native wire, by the name of the service method that answers it. */
export const endpoints = {
  ...projectEndpoints,
  ...experimentEndpoints,
  ...runEndpoints,
  ...columnEndpoints,
  ...lineageEndpoints,
  ...seriesEndpoints,
  ...artifactEndpoints,
  ...fileEndpoints,
  ...uploadEndpoints,
  ...checkpointEndpoints,
  ...datasetEndpoints,
  ...modelEndpoints,
  ...versionEndpoints,
  ...versionFileEndpoints,
  ...viewEndpoints,
} as const satisfies Readonly<Record<ServiceKey, Endpoint>>;
