import { conflict, isRunId, isTrackerError, notFound, type Run, type Services } from "@cairn/core";
import { pageAll, quoteText } from "../page-all.ts";
import type { Aggregate, Aggregates, Experiment, Experiments, Storage } from "./ports.ts";
import { serverIterations } from "./server-iterations.ts";
import { serverMetrics } from "./server-metrics.ts";

const EPOCHS_TAG = "epochs";
const PARALLEL = 16;

/** Cairn's server as storage: an aggregate is a run, named by the aggregate's id, of the experiment. */
export function serverStorage(client: Services): Storage {
  return Object.freeze({
    experiments: serverExperiments(client),
    aggregates: (experiment: Experiment) => serverAggregates(client, Number(experiment.id)),
  });
}

function serverExperiments({ experiments }: Services): Experiments {
  const pick = ({ id, name }: { readonly id: number; readonly name: string }): Experiment => ({ id: String(id), name });
  const read = async (name: string) => {
    const found = await experiments.find(name);
    return found === undefined || found.deletedAt !== null ? undefined : pick(found);
  };
  return {
    create: async (name) => pick(await experiments.create({ name })),
    read,
    update: async ({ id, name }) => pick(await experiments.update(Number(id), { name })),
    list: async () =>
      (await pageAll((cursor) => experiments.search({ order: "created asc", limit: 500, cursor }))).map(pick),
    async delete(name) {
      const found = await read(name);
      if (found !== undefined) await experiments.delete(Number(found.id));
    },
  };
}

function serverAggregates(client: Services, experiment: number): Aggregates {
  const { runs } = client;
  const openRun = async (run: Run): Promise<Aggregate> => ({
    id: run.name,
    epochs: Number(run.tags[EPOCHS_TAG] ?? 0) || 0,
    modules: [...(await runs.listModules(run.id))],
    metrics: serverMetrics(client, run.id),
    iterations: serverIterations(client, run.id),
  });
  /** The newest of that name; a run that has no name to itself goes by its own id as well. */
  const findRun = async (id: string): Promise<Run | undefined> => {
    const filter = `name = ${quoteText(id)}${isRunId(id) ? ` OR id = ${quoteText(id)}` : ""}`;
    return (await runs.search({ experiments: [experiment], filter, limit: 1 })).items[0];
  };
  return {
    async create(id, modules, epochs) {
      const run = await runs
        .create({ experiment, name: id, onConflict: "error", tags: { [EPOCHS_TAG]: String(epochs) } })
        .catch((error: unknown) => {
          if (!isTrackerError(error) || error.code !== "conflict") throw error;
          throw conflict(`Aggregate with id ${id} already exists.`, { id });
        });
      try {
        if (modules.length > 0) await runs.log(run.id, { modules });
      } catch (error) {
        await runs.delete(run.id);
        throw error;
      }
      return openRun(run);
    },
    async read(id) {
      const run = await findRun(id);
      return run && openRun(run);
    },
    async update({ id, epochs, modules }) {
      const run = await findRun(id);
      if (run === undefined) throw notFound(`There is no aggregate with id ${id}.`, { id });
      await runs.log(run.id, { tags: { [EPOCHS_TAG]: String(epochs) }, modules });
    },
    async list() {
      const all = await pageAll((cursor) =>
        runs.search({ experiments: [experiment], order: "created asc", limit: 500, cursor }),
      );
      const aggregates: Aggregate[] = [];
      for (let at = 0; at < all.length; at += PARALLEL) {
        aggregates.push(...(await Promise.all(all.slice(at, at + PARALLEL).map(openRun))));
      }
      return aggregates;
    },
    async delete(id) {
      const run = await findRun(id);
      if (run !== undefined) await runs.delete(run.id);
    },
  };
}
