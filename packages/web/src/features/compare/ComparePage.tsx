import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { GitCompareArrows, Link2 } from "lucide-react";
import { useMemo } from "react";
import { copyText } from "../../lib/copy-text.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAppended } from "../../lib/use-appended.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { CompareCharts } from "./CompareCharts.tsx";
import { CompareParallel } from "./CompareParallel.tsx";
import { CompareScatter } from "./CompareScatter.tsx";
import { CompareTable } from "./CompareTable.tsx";
import type { CompareRoom } from "./compare-room.ts";
import { COMPARISON_TABS, comparisonText, parseComparison } from "./comparison-view.ts";
import { runsById } from "./runs-by-id.ts";
import { compareTexts } from "./texts.ts";

/** What runs under way have logged is read again at most so often. */
const LIVE_MS = 2000;

/** Runs side by side: what they were given, what came out, and how it went. */
export function ComparePage() {
  const t = useTexts(compareTexts);
  const search = useSearch({ from: "__root__" });
  const view = useMemo(() => parseComparison(search), [search]);
  const navigate = useNavigate();
  const question = runsById(view.runs);
  const { data, error, refetch, isPlaceholderData } = useQuery({ ...question, placeholderData: keepPreviousData });
  const client = useQueryClient();
  useAppended(LIVE_MS, (ids) => {
    if (view.runs.some((id) => ids.has(id))) void client.invalidateQueries({ queryKey: question.queryKey });
  });
  const change: CompareRoom["change"] = (part, also = {}) =>
    void navigate({
      to: "/compare",
      search: { ...search, ...comparisonText({ ...view, ...part }), ...also },
      replace: true,
      resetScroll: false,
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
  if (error !== null && data === undefined) {
    return (
      <Page title={t.title}>
        <Problem title={t.problem} detail={problemText(error)} retryLabel={t.again} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (data?.length === 0) {
    return (
      <EmptyState title={t.allMissing} icon={<GitCompareArrows size={32} aria-hidden />}>
        <p>{t.allMissingText}</p>
        <p>
          <Link to="/">{t.toExperiments}</Link>
        </p>
      </EmptyState>
    );
  }
  const wanted = new Set(view.runs);
  // While one more or less is asked for, those that are known stay.
  const runs = (data ?? []).filter(({ id }) => wanted.has(id));
  const missing =
    isPlaceholderData || data === undefined ? [] : view.runs.filter((id) => !runs.some((run) => run.id === id));
  const room = { runs, view, change };
  return (
    <Page
      title={t.title}
      about={data === undefined ? <Skeleton width="160px" /> : t.about(runs.length)}
      actions={
        <Button onClick={() => void copyText(location.href).then(() => tell({ text: t.copied }))}>
          <Link2 size={15} aria-hidden />
          {t.copyLink}
        </Button>
      }
    >
      {view.beyond > 0 && <Problem title={t.beyond(view.beyond)} />}
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
