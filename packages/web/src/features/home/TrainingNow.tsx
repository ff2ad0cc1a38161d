import type { Run, SeriesInfo } from "@cairn/core";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatCount, formatNumber } from "../../lib/format.ts";
import { queries } from "../../lib/queries.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAppended } from "../../lib/use-appended.ts";
import { useNow } from "../../lib/use-now.ts";
import { RunState, shownState } from "../../parts/runs/RunState.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Sparkline } from "../../ui/Sparkline.tsx";
import styles from "./HomePage.module.css";
import { mainMetric } from "./main-metric.ts";
import { homeTexts } from "./texts.ts";

const SHOWN = 12;
const STALLED_SHOWN = 3;
/** Cards of runs under way are read again at most so often, however fast points come. */
const REFRESH_MS = 2000;
const SPARK_BUCKETS = 60;

const RUNNING = "state = 'running'";
const runningNow = () => queries.runs({ filter: RUNNING, order: "heartbeat DESC", limit: SHOWN, count: true });

/** The runs under way, found by themselves; nothing when there is none. */
export function TrainingNow() {
  const t = useTexts(homeTexts);
  const client = useQueryClient();
  const { data } = useQuery({ ...runningNow(), placeholderData: keepPreviousData });
  const now = useNow();
  const runs = data?.items ?? [];
  useAppended(REFRESH_MS, (ids) => {
    void client.invalidateQueries({ queryKey: runningNow().queryKey });
    for (const id of ids) void client.invalidateQueries({ queryKey: ["sparks", id] });
  });
  const stalled = runs.filter((run) => shownState(run, now) === "stalled");
  // What was forgotten takes a row of the screen at most.
  const shown = stalled.slice(0, STALLED_SHOWN);
  const active = runs.filter((run) => !stalled.includes(run));
  const more = (data?.total ?? 0) - active.length - shown.length;
  return (
    <>
      <Cards title={t.trainingNow} runs={active} look="accent" />
      <Cards title={t.stalled} runs={shown} look="warn" />
      {more > 0 && (
        <Link to="/tracker" search={{ q: RUNNING, order: "heartbeat DESC" }} className={styles.more}>
          {t.moreRunning(formatCount(more))}
        </Link>
      )}
    </>
  );
}

function Cards({
  title,
  runs,
  look,
}: {
  readonly title: string;
  readonly runs: readonly Run[];
  readonly look: "accent" | "warn";
}) {
  if (runs.length === 0) return null;
  return (
    <section className={styles.section} aria-label={title}>
      <h2>
        {title} <Badge look={look}>{runs.length}</Badge>
      </h2>
      <div className={styles.cards}>
        {runs.map((run) => (
          <RunCard key={run.id} run={run} />
        ))}
      </div>
    </section>
  );
}

function RunCard({ run }: { readonly run: Run }) {
  const t = useTexts(homeTexts);
  const metric = mainMetric(run.metrics);
  return (
    <Link to="/runs/$run" params={{ run: run.id }} className={styles.card}>
      <strong className="ellipsis">{run.name}</strong>
      {metric === undefined ? <span /> : <MetricSparkline run={run.id} metric={metric} />}
      <span className={styles.about}>
        <RunState run={run} />
      </span>
      {metric?.latest != null && (
        <span className={styles.value}>
          {metric.key} <strong>{formatNumber(metric.latest.value, 4)}</strong> ·{" "}
          {t.step(formatCount(metric.latest.step))}
        </span>
      )}
    </Link>
  );
}

function MetricSparkline({ run, metric }: { readonly run: string; readonly metric: SeriesInfo }) {
  const t = useTexts(homeTexts);
  const { data = [] } = useQuery({
    queryKey: ["sparks", run, metric.key],
    queryFn: async () => {
      const [chart] = await server.series.buckets([{ run, key: metric.key }], { buckets: SPARK_BUCKETS });
      if (chart === undefined) return [];
      // A bucket without points is no gap: early on, points are fewer than buckets.
      return Array.from(chart.sums).flatMap((sum, index) => {
        if (chart.counts[index] === 0) return [];
        const finite = finiteCount(chart, index);
        return [finite === 0 ? Number.NaN : sum / finite];
      });
    },
    placeholderData: keepPreviousData,
  });
  return (
    <Sparkline values={data} label={t.sparkline(metric.key, formatNumber(metric.latest?.value ?? Number.NaN, 4))} />
  );
}

type Counted = Awaited<ReturnType<typeof server.series.buckets>>[number];

function finiteCount(chart: Counted, index: number): number {
  const { counts, nans, positiveInfinities, negativeInfinities } = chart;
  return (
    (counts[index] ?? 0) - (nans[index] ?? 0) - (positiveInfinities[index] ?? 0) - (negativeInfinities[index] ?? 0)
  );
}
