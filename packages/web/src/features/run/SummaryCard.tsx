import type { Point, Run, SeriesInfo } from "@cairn/core";
import { Link } from "@tanstack/react-router";
import { formatCount, formatNumber } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { directionOf } from "../../parts/runs/metric-direction.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Card } from "../../ui/Card.tsx";
import { SimpleTable } from "../../ui/SimpleTable.tsx";
import styles from "./cards.module.css";
import { runPageTexts } from "./texts.ts";
import { useMore } from "./use-more.tsx";

/** Each metric's last, least and greatest value, with their steps; the better end is marked where the name tells which. */
export function SummaryCard({ run, filter }: { readonly run: Run; readonly filter: string }) {
  const t = useTexts(runPageTexts);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = run.metrics.filter(({ key }) => words.every((word) => key.toLowerCase().includes(word)));
  const sorted = found.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const { shown, moreButton } = useMore(sorted, 60);
  return (
    <Card title={t.summary} count={formatCount(run.metrics.length)}>
      {run.metrics.length === 0 ? (
        <p className={styles.soft}>
          {t.noMetrics}. {t.noMetricsText}
        </p>
      ) : found.length === 0 ? (
        <p className={styles.soft}>{t.noMetricsFound}</p>
      ) : (
        <SimpleTable
          label={t.summary}
          rows={shown}
          keyOf={({ key }) => key}
          columns={[
            {
              key: "metric",
              label: t.metric,
              isRowHeader: true,
              cell: (metric) => <MetricName metric={metric} run={run} />,
            },
            { key: "last", label: t.last, align: "end", cell: ({ latest }) => <Value point={latest} /> },
            { key: "min", label: t.least, align: "end", cell: (metric) => <End metric={metric} end="min" /> },
            { key: "max", label: t.greatest, align: "end", cell: (metric) => <End metric={metric} end="max" /> },
            { key: "count", label: t.points, align: "end", cell: ({ count }) => formatCount(count) },
          ]}
        />
      )}
      {moreButton}
    </Card>
  );
}

function MetricName({ metric, run }: { readonly metric: SeriesInfo; readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const { key, name, nan, positiveInfinity, negativeInfinity } = metric;
  const odd = nan + positiveInfinity + negativeInfinity;
  return (
    <span className={styles.metric}>
      <Link
        to="/runs/$run"
        params={{ run: run.id }}
        search={{ tab: "charts", chart: name }}
        className={styles.plainLink}
        title={t.toChart(key)}
      >
        {key}
      </Link>
      {odd > 0 && <Badge look="warn">{t.notFinite(formatCount(odd))}</Badge>}
    </span>
  );
}

function End({ metric, end }: { readonly metric: SeriesInfo; readonly end: "min" | "max" }) {
  const t = useTexts(runPageTexts);
  const isBest = metric.count > 1 && directionOf(metric.key) === (end === "min" ? "down" : "up");
  return (
    <>
      {isBest && metric[end] !== null && <span className={styles.best}>{t.best} </span>}
      <Value point={metric[end]} isStrong={isBest} />
    </>
  );
}

function Value({ point, isStrong = false }: { readonly point: Point | null; readonly isStrong?: boolean }) {
  const t = useTexts(runPageTexts);
  if (point === null) return <span className={styles.faint}>–</span>;
  return (
    <>
      <span className={isStrong ? styles.strong : undefined} title={String(point.value)}>
        {formatNumber(point.value)}
      </span>
      <span className={styles.step}>{t.step(formatCount(point.step))}</span>
    </>
  );
}
