import type { Json, Run, RunState, Services } from "@cairn/core";
import { pageAll, quoteText } from "../page-all.ts";
import { BEST_PREFIX, REMARK_TAG } from "./words.ts";

/** Where to look: a nickname sees its own models, and no others'. */
export interface LogPlace {
  readonly nickName: string;
  readonly projectName: string;
}

/** A model of a project as the seed's comparison table shows it. */
export interface LoggedModel {
  readonly id: string;
  readonly name: string;
  readonly remark: string;
  readonly state: RunState;
  readonly isFinish: boolean;
  readonly createTime: Date;
  /** By type; `""` holds parameters that were logged without one. */
  readonly params: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly bestResults: Readonly<Record<string, { readonly value: number; readonly epoch: number }>>;
}

export interface MetricPoint {
  readonly epoch: number;
  readonly value: number;
}

type Reads = Pick<Services, "experiments" | "runs" | "series">;

/** The models of a nickname in a project, oldest first. None when there is no such project. */
export async function listLoggedModels(services: Reads, { nickName, projectName }: LogPlace): Promise<LoggedModel[]> {
  const project = await services.experiments.find(projectName);
  if (project === undefined || project.deletedAt !== null) return [];
  const runs = await pageAll((cursor) =>
    services.runs.search({
      experiments: [project.id],
      filter: `author = ${quoteText(nickName)}`,
      order: "created asc",
      limit: 500,
      cursor,
    }),
  );
  return runs.map(describeRun);
}

/** Every metric of a model by its name, one value an epoch: the one that was given last. */
export async function readMetrics(services: Reads, id: string): Promise<Record<string, MetricPoint[]>> {
  const infos = (await services.series.list(id)).filter(({ key }) => !key.startsWith(BEST_PREFIX));
  const read = async (key: string): Promise<[string, MetricPoint[]]> => {
    const values = new Map<number, number>();
    for (let cursor: string | undefined; ; ) {
      const page = await services.series.history(id, key, { limit: 100_000, cursor });
      page.steps.forEach((step, i) => {
        values.set(step, page.values[i] as number);
      });
      if (page.next === null) break;
      cursor = page.next;
    }
    return [key, [...values].map(([epoch, value]) => ({ epoch, value })).sort((a, b) => a.epoch - b.epoch)];
  };
  return Object.fromEntries(await Promise.all(infos.map(({ key }) => read(key))));
}

function describeRun(run: Run): LoggedModel {
  const groups = new Map<string, [string, Json][]>();
  for (const { group, key, value } of run.parameters) {
    const entries = groups.get(group) ?? [];
    entries.push([key, value]);
    groups.set(group, entries);
  }
  const bests = run.metrics.flatMap(({ key, latest }) =>
    key.startsWith(BEST_PREFIX) && latest !== null
      ? [[key.slice(BEST_PREFIX.length), { value: latest.value, epoch: latest.step }] as const]
      : [],
  );
  return {
    id: run.id,
    name: run.name,
    remark: run.tags[REMARK_TAG] ?? "",
    state: run.state,
    isFinish: run.state === "finished",
    createTime: new Date(run.createdAt),
    params: Object.fromEntries([...groups].map(([group, entries]) => [group, Object.fromEntries(entries)])),
    bestResults: Object.fromEntries(bests),
  };
}
