import { randomBytes, randomInt } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setImmediate as endOfTurn } from "node:timers/promises";
import {
  type ArtifactStore,
  type BlobStore,
  type Clock,
  createMaintenance,
  createServices,
  type IdSource,
  type Maintenance,
} from "@cairn/core";
import { casTree, filesystemBlobs, type SqliteStore, type SqliteStoreOptions, sqliteStore } from "@cairn/stores";
import type { ServeConfig } from "./config.ts";
import type { MaintenanceSource } from "./maintenance-source.ts";
import { plainArtifacts } from "./plain-artifacts.ts";
import { rootedArtifacts } from "./rooted-artifacts.ts";

export const clock: Clock = { now: () => Date.now() };

const ids: IdSource = {
  hex: () => randomBytes(16).toString("hex"),
  below: (limit) => randomInt(limit),
};

/** How the wires' large answers become bytes, for the thread that reads. */
const forms = new URL(import.meta.resolve("@cairn/server/forms"));

/** Where `npm run build` puts the web page; undefined in an installation that came without it. */
function findWebFolder(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("@cairn/web/package.json")), "dist");
  } catch {
    return undefined;
  }
}

interface Stores {
  readonly records: SqliteStore;
  readonly blobs: BlobStore;
  readonly maintenance: Maintenance;
}

/** @throws TrackerError unavailable when another server has the folder. */
async function openStores(
  dataDir: string,
  more: Pick<SqliteStoreOptions, "first" | "onProblem" | "onFailure"> = {},
): Promise<Stores> {
  const records = await sqliteStore({ folder: dataDir, forms, ...more });
  const blobs = filesystemBlobs({ folder: join(dataDir, "blobs"), clock });
  return { records, blobs, maintenance: createMaintenance({ records, blobs, clock }) };
}

/** A folder without a server, for `check` and `gc`. */
export async function openFolder(dataDir: string): Promise<MaintenanceSource> {
  const { records, maintenance } = await openStores(dataDir);
  return {
    check: (onProgress) => maintenance.check({ onProgress }),
    gc: (onProgress) => maintenance.gc({ onProgress }),
    [Symbol.asyncDispose]: () => records.close(),
  };
}

export interface RunningServer {
  /** How this machine reaches it, with the port that was really taken. */
  readonly url: string;
  /** It listens on every address of this machine. */
  readonly isEverywhere: boolean;
  /** Requests under way finish, everything acknowledged is on disk, the folder is free. */
  close(): Promise<void>;
}

export type Report = (level: "debug" | "info" | "warn" | "error", line: string) => void;

/**
 * The whole program: configuration → stores → services → server. The only place that sees all of them.
 *
 * @param onFailure told when nothing can be stored any more; the process had better end.
 */
export async function assemble(
  config: ServeConfig,
  version: string,
  report: Report,
  onFailure: () => void,
): Promise<RunningServer> {
  const onProblem = (error: Error) => report("error", error.message);
  const { defaultArtifactRoot } = config;
  const beginning = { location: defaultArtifactRoot === null ? null : `${defaultArtifactRoot}/0` };
  const first = { kind: "projects.init", input: beginning, at: clock.now(), author: "" } as const;
  const stores = await openStores(config.dataDir, { first, onProblem, onFailure });
  const { records, blobs, maintenance } = stores;
  try {
    const services = createServices({ records, blobs, artifacts: openArtifacts(config, stores), clock, ids });
    // Finds it there, but where a start broke off between the tables and their first rows.
    const initializing = services.init(beginning);
    initializing.catch(() => {}); // Heard of below.
    // Changes leave at the end of a turn; and loading keeps this thread busy, while the writer's can boot and commit them.
    await endOfTurn();
    const http = await import("@cairn/server");
    const app = http.createServer({
      services,
      events: records.events,
      wires: [http.mlflowWire({ defaultArtifactRoot }), http.maintenanceWire(maintenance)],
      options: { staticPrefix: config.staticPrefix, publicUrl: config.publicUrl ?? undefined, log: report },
      version,
      status: () => records.status(),
      webFolder: findWebFolder(),
    });
    await app.ready();
    await initializing;
    await app.listen({ host: config.host, port: config.port });
    const address = app.server.address();
    const port = typeof address === "object" && address !== null ? address.port : config.port;
    return {
      url: `http://${nameHere(config.host)}:${port}${config.staticPrefix}`,
      isEverywhere: isEverywhere(config.host),
      close: async () => {
        await app.close();
        await records.close();
      },
    };
  } catch (error) {
    await records.close();
    throw error;
  }
}

const isEverywhere = (host: string): boolean => host === "0.0.0.0" || host === "::";

/** The address to be typed on this machine: one listens on 0.0.0.0, but does not speak to it. */
function nameHere(host: string): string {
  if (isEverywhere(host)) return host === "::" ? "[::1]" : "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function openArtifacts(config: ServeConfig, { records, blobs }: Stores): ArtifactStore {
  const { artifactsDestination, clientRoot } = config;
  const own =
    artifactsDestination === null
      ? casTree({ records, blobs })
      : plainArtifacts({ root: artifactsDestination, records, blobs });
  return clientRoot === null ? own : rootedArtifacts({ root: clientRoot, records, own });
}
