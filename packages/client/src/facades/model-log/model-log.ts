import {
  checkName,
  checkText,
  encodeValue,
  invalid,
  type Json,
  type Run,
  type RunState,
  type Services,
} from "@cairn/core";
import type { Client } from "../../client.ts";
import { type RunHandle, startRun } from "../../logger.ts";
import { defaultClient } from "../default-client.ts";
import { quoteText } from "../page-all.ts";
import { toPlainObject } from "../plain-data.ts";
import { BEST_PREFIX, REMARK_TAG } from "./words.ts";

export interface ModelLogOptions {
  readonly projectRemark?: string | undefined;
  /** The server; the one that `CAIRN_URL` names, else this machine's, when left out. */
  readonly client?: Client | undefined;
}

/**
 * Records one training in three steps: hyper-parameters, metrics as they come, the end. Calls go out in the order they
 * are made, awaited or not; the model is there for everybody to see from the first of them on. The seed's project is an
 * experiment, its model a run of it, its nickname the run's author.
 *
 * @example
 * const log = new ModelLog("ada", "Digits");
 * await log.addParam({ lr: 0.1, depth: 3 }, "optimizer");
 * for (let epoch = 1; epoch <= 10; epoch++) await log.addMetric("train_loss", 1 / epoch, epoch);
 * await log.addBestResult("best_loss", 0.1, 10);
 * await log.finishModel();
 */
export class ModelLog {
  readonly nickName: string;
  readonly projectName: string;
  readonly #client: Client;
  readonly #projectRemark: string;
  /** Times of the points given: a value given again for an epoch gets a later time, so it wins. */
  readonly #times = new Map<string, number>();
  readonly #bests = new Set<string>();
  #modelName: string | undefined;
  #handle: RunHandle | undefined;
  #tail: Promise<unknown> = Promise.resolve();

  /** @throws invalid for a nickname or a project that is no text, or empty. */
  constructor(nickName: string, projectName: string, { projectRemark = "", client }: ModelLogOptions = {}) {
    this.nickName = checkName("A nickname", nickName);
    this.projectName = checkName("A project's name", projectName, 500);
    this.#projectRemark = checkText("A project's remark", projectRemark);
    this.#client = client ?? defaultClient();
  }

  /** The id of the run that stands for the model; undefined until something was logged. */
  get runId(): string | undefined {
    return this.#handle?.id;
  }

  /** Names the model. A name that the project has already gets the first free `_1`, `_2` …; without one it is `<project>_<n>`. */
  addModelName(modelName: string): Promise<void> {
    return this.#inOrder(async () => {
      this.#modelName = checkName("A model's name", modelName);
      if (this.#handle === undefined) return;
      const name = await this.#freeName(this.#handle.id, modelName);
      await this.#client.runs.update(this.#handle.id, { name });
    });
  }

  /** What there is to say about the model. A second remark takes the place of the first. */
  addModelRemark(remark: string): Promise<void> {
    return this.#inOrder(async () => (await this.#open()).tags({ [REMARK_TAG]: checkText("A remark", remark) }));
  }

  /**
   * Hyper-parameters of one type. More of the same type may follow at any time until the end: new ones are added, the
   * same ones take the new value.
   */
  addParam(paramDict: Readonly<Record<string, Json>>, paramType: string): Promise<void> {
    return this.#inOrder(async () => {
      const group = checkName("A parameter's type", paramType);
      const values = toPlainObject(paramDict, "A dictionary of parameters", (key) => `The parameter '${key}'`);
      for (const [key, value] of Object.entries(values)) checkValue(key, value);
      await (await this.#open()).parameters(values, { group, replace: true });
    });
  }

  /**
   * One value of a metric. Any name will do; `train_` and `test_` in front of one group the two in a chart. A value given
   * again for the same epoch takes the place of the first in `readMetrics`; the first stays in the series.
   */
  addMetric(metricName: string, metricValue: number, epoch: number): Promise<void> {
    const now = Date.now();
    return this.#inOrder(async () => {
      checkName("A metric's name", metricName);
      checkEpoch(epoch);
      const handle = await this.#open();
      const place = `${epoch} ${metricName}`;
      const before = this.#times.get(place);
      const time = before === undefined ? now : Math.max(now, before + 1);
      const hasRoom = handle.log({ [metricName]: metricValue }, { step: epoch, time });
      this.#times.set(place, time);
      if (!hasRoom) await handle.ready();
    });
  }

  /** The best that the model reached, and at which epoch. Given again under the same name, the later one counts. */
  addBestResult(bestName: string, bestValue: number, bestEpoch: number): Promise<void> {
    return this.#inOrder(async () => {
      const key = `${BEST_PREFIX}${checkName("A best result's name", bestName)}`;
      checkEpoch(bestEpoch);
      if (typeof bestValue !== "number") throw invalid(`A best result is a number, not ${JSON.stringify(bestValue)}.`);
      const handle = await this.#open();
      if (this.#bests.has(key)) {
        await handle.flush();
        await this.#client.series.clear(handle.id, key);
      }
      this.#bests.add(key);
      handle.log({ [key]: bestValue }, { step: bestEpoch });
    });
  }

  /** Ends the training; resolves when all of it is stored. A second time changes nothing; what is logged later is refused. */
  finishModel(): Promise<Run> {
    return this.#end("finished");
  }

  /** Stores what waits and lets go of a training that is not finished: it stays a running one. */
  async close(): Promise<void> {
    await this.#inOrder(async () => this.#handle?.flush());
  }

  #end(state: RunState): Promise<Run> {
    return this.#inOrder(async () => (await this.#open()).finish(state));
  }

  #inOrder<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#tail.then(act);
    this.#tail = done.catch(() => undefined);
    return done;
  }

  async #open(): Promise<RunHandle> {
    if (this.#handle !== undefined) return this.#handle;
    const { experiments, runs } = this.#client;
    const project = await experiments.create({
      name: this.projectName,
      description: this.#projectRemark,
      onConflict: "skip",
    });
    if (project.description === "" && this.#projectRemark !== "") {
      await experiments.update(project.id, { description: this.#projectRemark });
    }
    const name = this.#modelName ?? (await nextName(runs, project.id, this.projectName));
    const run = await runs.create({ experiment: project.id, name, author: this.nickName, onConflict: "duplicate" });
    this.#handle = await startRun(this.#client, { resume: run.id });
    return this.#handle;
  }

  async #freeName(id: string, wanted: string): Promise<string> {
    const { runs } = this.#client;
    const { experiment } = await runs.get(id);
    for (let n = 0; ; n++) {
      const name = n === 0 ? wanted : `${wanted}_${n}`;
      const { items } = await runs.search({ filter: `name = ${quoteText(name)}`, experiments: [experiment], limit: 2 });
      if (items.every((run) => run.id === id)) return name;
    }
  }
}

/** One more than the number of the newest model that was named like this. */
async function nextName(runs: Services["runs"], experiment: number, project: string): Promise<string> {
  const { items } = await runs.search({ experiments: [experiment], lifecycle: "all", limit: 100 });
  const numbers = items.map(({ name }) =>
    name.startsWith(`${project}_`) ? Number(/^\d{1,9}$/.exec(name.slice(project.length + 1))?.[0] ?? 0) : 0,
  );
  return `${project}_${Math.max(0, ...numbers) + 1}`;
}

/** What the server would refuse is refused before the model is there. */
function checkValue(key: string, value: Json): void {
  checkName("A parameter's name", key);
  encodeValue(value);
}

function checkEpoch(epoch: number): void {
  if (!Number.isSafeInteger(epoch)) throw invalid(`An epoch is a whole number, not ${String(epoch)}.`, { epoch });
}
