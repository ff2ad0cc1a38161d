import { type Checkpoint, type Experiment, isCheckpointId, isTrackerError, type Run, type Services } from "@cairn/core";

/** Where artifacts are said to lie. A location without scheme or with `file:` is on the clients' disk. */
export interface Locations {
  readonly ofExperiment: (experiment: Pick<Experiment, "id" | "location">) => string;
  /** `<experiment's location>/<run id>/artifacts` */
  readonly ofRun: (services: Services, run: Pick<Run, "id" | "experiment">) => Promise<string>;
  /** Of those experiments that there are, by id. */
  readonly ofExperiments: (services: Services, ids: readonly number[]) => Promise<Record<number, string>>;
  /** `<experiment's location>/models/<checkpoint id>/artifacts` */
  readonly ofCheckpoint: (services: Services, checkpoint: Pick<Checkpoint, "id" | "experiment">) => Promise<string>;
  /**
   * Where the files of a run or checkpoint lie within the artifact proxy: a path. Undefined when there is no such owner, or
   * its files lie elsewhere.
   */
  readonly proxiedRoot: (services: Services, owner: string) => Promise<string | undefined>;
}

const SCHEME = "mlflow-artifacts:";

/**
 * An experiment's location is fixed when it is made, what is in it stays in it, and no id is used again: what was
 * read once stays true, so that a thousand small files do not read their run a thousand times.
 */
export function createLocations(): Locations {
  const experiments = createCache<number>();
  const roots = createCache<string>();

  const locate = (services: Services, id: number) =>
    experiments(id, async () => ofExperiment(await services.experiments.get(id)));
  const ofRun: Locations["ofRun"] = async (services, run) =>
    runArtifacts(await locate(services, run.experiment), run.id);
  const ofCheckpoint: Locations["ofCheckpoint"] = async (services, { id, experiment }) =>
    appendPath(await locate(services, experiment), `models/${id}/artifacts`);
  const ofOwner = async (services: Services, id: string) =>
    isCheckpointId(id)
      ? ofCheckpoint(services, await services.checkpoints.get(id))
      : ofRun(services, await services.runs.get(id));

  const ofExperiments: Locations["ofExperiments"] = async (services, ids) => {
    const found: Record<number, string> = {};
    for (const id of ids) {
      try {
        found[id] = await locate(services, id);
      } catch (error) {
        if (!isTrackerError(error) || error.code !== "not_found") throw error;
      }
    }
    return found;
  };

  const proxiedRoot: Locations["proxiedRoot"] = async (services, id) => {
    try {
      const uri = await roots(id, () => ofOwner(services, id));
      return uri.startsWith(SCHEME) ? proxiedPath(uri) : undefined;
    } catch (error) {
      if (isTrackerError(error) && error.code === "not_found") return undefined;
      throw error;
    }
  };

  return Object.freeze({ ofExperiment, ofExperiments, ofRun, ofCheckpoint, proxiedRoot });
}

const MAX_CACHED = 10_000;

function createCache<K>(): (key: K, read: (key: K) => Promise<string>) => Promise<string> {
  const known = new Map<K, string>();
  return async (key, read) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = await read(key);
    if (known.size >= MAX_CACHED) known.clear();
    known.set(key, value);
    return value;
  };
}

function ofExperiment({ id, location }: Pick<Experiment, "id" | "location">): string {
  return location ?? `${SCHEME}/${id}`;
}

/** `mlflow-artifacts:/a/b` and `mlflow-artifacts://host/a/b` → `a/b`. */
function proxiedPath(uri: string): string {
  const rest = uri.slice(SCHEME.length);
  const path = rest.startsWith("//") ? rest.slice(2).replace(/^[^/]*/, "") : rest;
  return path.replace(/^\/+/, "");
}

/** Where a run's artifacts lie below its experiment's location. */
export function runArtifacts(location: string, run: string): string {
  return appendPath(location, `${run}/artifacts`);
}

/** Before a query, if the location has one. */
export function appendPath(uri: string, path: string): string {
  const mark = uri.indexOf("?");
  const [base, query] = mark < 0 ? [uri, ""] : [uri.slice(0, mark), uri.slice(mark)];
  return `${base.replace(/\/+$/, "")}/${path}${query}`;
}
