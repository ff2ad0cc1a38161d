import type { Run } from "@cairn/core";
import { useTexts } from "../../lib/texts.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { runPageTexts } from "./texts.ts";

/** The curves of this run alone. */
export function ChartsTab({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  if (run.metrics.length === 0) {
    return (
      <EmptyState title={t.noMetrics}>
        <p>{t.noMetricsText}</p>
      </EmptyState>
    );
  }
  return <Skeleton height="320px" />;
}
