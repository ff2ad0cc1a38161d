import { notFound, type Order } from "@cairn/core";
import type { ColumnTable } from "arquero";
import { type Client, createClient } from "../../client.ts";
import type { Figure } from "../../figures/figure.ts";
import { type RunHandle, type StartRun, startRun } from "../../logger.ts";
import { type KerasContext, mapSome, searchRuns } from "./context.ts";
import { buildFrame, buildHtml } from "./frame.ts";
import { type History, readHistory, runIdOf } from "./history.ts";
import { createKModel, findKModel, type KModel } from "./kmodel.ts";
import { type PlotData, type PlotOptions, plotHistoryMany } from "./plot-history-many.ts";
import { type RecorderClass, recorderClass, type TensorFlow } from "./recorder.ts";
import { type Tag, titlesOf } from "./tag.ts";

export interface ManagerOptions<T extends TensorFlow = TensorFlow> {
  /** A client, or the server's address; `CAIRN_URL`, else this machine's port 4600 (in a page, where it came from). */
  readonly server?: Client | string | undefined;
  /** Holds the records, made if need be. When left out, new ones go to `Default` and those of all experiments are shown. */
  readonly experiment?: string | undefined;
  /** TensorFlow.js, so that the callback can be one of its own. */
  readonly tf?: T | undefined;
  /** That of `@cairn/client/node` ends records when the process ends. */
  readonly startRun?: ((client: Client, options: StartRun) => Promise<RunHandle>) | undefined;
}

/** The Keras model manager: records of trained models, in the origin's words. */
export interface ModelManager<C extends object = object> {
  readonly client: Client;
  readonly RecorderCallback: RecorderClass<C>;
  /** Records by query (docs/design/search-grammar.md): all of them, those that a filter finds, one by its id. */
  readonly objects: {
    all(): Promise<readonly KModel[]>;
    filter(
      filter: string,
      options?: { readonly order?: string | readonly Order[]; readonly limit?: number },
    ): Promise<readonly KModel[]>;
    /** @throws not_found */
    get(id: string): Promise<KModel>;
  };
  /** @returns the records as an HTML table, and their ids in its order. */
  showAllModels(): Promise<[html: string, ids: readonly string[]]>;
  /** @throws not_found when no model has the tag */
  showModelsWithTag(tag: string | Tag): Promise<[html: string, ids: readonly string[]]>;
  /** @returns a data frame (Arquero): id, path, timestamp, notes, stared, epochs_trained, loss, val_loss */
  dumpModelsToDf(): Promise<ColumnTable>;
  /** @throws invalid for anything but a model or a text; see `readHistory` for null. */
  getHistory(kmodel: KModel | string): Promise<History | null>;
  plotHistoryMany(
    inModels?: readonly (KModel | string)[],
    options?: PlotOptions,
  ): Promise<[figure: Figure, data: PlotData]>;
}

/**
 * Opens the manager on a server. Nothing is asked of it yet.
 *
 * @example
 * const { RecorderCallback, getHistory } = openModelManager({ tf });
 * const recorder = new RecorderCallback({ tags: ["first try"] });
 * await model.fit(x, y, { epochs: 10, callbacks: recorder });
 * console.log(await getHistory(await recorder.kmodel));
 */
export function openModelManager<T extends TensorFlow = TensorFlow>(
  options: ManagerOptions<T> = {},
): ModelManager<InstanceType<T["Callback"]>> {
  const { server = defaultUrl(), experiment } = options;
  const client = typeof server === "string" ? createClient(server) : server;
  const context: KerasContext = { client, experiment, startRun: options.startRun ?? startRun };
  const search = async (input: Parameters<typeof searchRuns>[1]) =>
    mapSome(await searchRuns(context, input), (run) => createKModel(context, run));
  const show = (models: readonly KModel[]): [string, readonly string[]] => [
    buildHtml(models),
    models.map(({ id }) => id),
  ];
  return Object.freeze({
    client,
    RecorderCallback: recorderClass(context, options.tf),
    objects: {
      all: () => search({}),
      filter: (filter: string, { order, limit }: { order?: string | readonly Order[]; limit?: number } = {}) =>
        search({ filter, order, limit }),
      get: (id: string) => findKModel(context, runIdOf(id) ?? id),
    },
    showAllModels: async () => show(await search({})),
    async showModelsWithTag(tag: string | Tag) {
      const [title = ""] = titlesOf(tag);
      const models = await search({ filter: `label = '${title.replaceAll("'", "''")}'` });
      if (models.length === 0) throw notFound(`No model has the tag '${title}'.`, { tag: title });
      return show(models);
    },
    dumpModelsToDf: async () => buildFrame(await search({})),
    getHistory: (kmodel: KModel | string) => readHistory(context, kmodel),
    plotHistoryMany: (inModels?: readonly (KModel | string)[], plotOptions?: PlotOptions) =>
      plotHistoryMany(context, inModels, plotOptions),
  });
}

function defaultUrl(): string {
  const page = (globalThis as { location?: { readonly origin?: string } }).location?.origin;
  if (page?.startsWith("http")) return page;
  const { process } = globalThis as { process?: { readonly env?: Readonly<Record<string, string | undefined>> } };
  return process?.env?.["CAIRN_URL"] || "http://127.0.0.1:4600";
}
