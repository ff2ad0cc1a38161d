import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { GitCompareArrows } from "lucide-react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { CompareCharts } from "./CompareCharts.tsx";
import { CompareParallel } from "./CompareParallel.tsx";
import { CompareScatter } from "./CompareScatter.tsx";
import { CompareTable } from "./CompareTable.tsx";
import type { CompareRoom } from "./compare-room.ts";
import { COMPARISON_TABS, comparisonText, parseComparison } from "./comparison-view.ts";
import { runsById } from "./runs-by-id.ts";
import { compareTexts } from "./texts.ts";

/** Runs side by side: what they were given, what came out, and how it went. */
export function ComparePage() {
  const t = useTexts(compareTexts);
  const search = useSearch({ from: "__root__" });
  const view = parseComparison(search);
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(runsById(view.runs));
  const change: CompareRoom["change"] = (part, also = {}) =>
    void navigate({
      to: "/compare",
      search: { ...search, ...comparisonText({ ...view, ...part }), ...also },
      replace: true,
    });
  if (view.runs.length === 0) {
    return (
      <EmptyState title={t.tooFew} icon={<GitCompareArrows size={32} aria-hidden />}>
        <p>{t.tooFewText}</p>
        <p>
          <Link to="/">{t.toExperiments}</Link>
        </p>
      </EmptyState>
    );
  }
  if (error !== null) {
    return (
      <Page title={t.title}>
        <Problem title={t.problem} detail={problemText(error)} retryLabel={t.again} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const runs = data ?? [];
  const missing = view.runs.filter((id) => data !== undefined && !runs.some((run) => run.id === id));
  const room = { runs, view, change };
  return (
    <Page title={t.title} about={data === undefined ? <Skeleton width="160px" /> : t.about(runs.length)}>
      {missing.length > 0 && <Problem title={t.missing(missing.map((id) => id.slice(0, 8)).join(", "))} />}
      <Tabs
        label={t.views}
        tabs={COMPARISON_TABS.map((key) => ({ key, label: t[key] }))}
        chosen={view.tab}
        onChoose={(tab) => change({ tab })}
      >
        {data === undefined && <Skeleton height="320px" />}
        {data !== undefined && view.tab === "table" && <CompareTable {...room} />}
        {data !== undefined && view.tab === "charts" && <CompareCharts {...room} />}
        {data !== undefined && view.tab === "parallel" && <CompareParallel {...room} />}
        {data !== undefined && view.tab === "scatter" && <CompareScatter {...room} />}
      </Tabs>
    </Page>
  );
}
