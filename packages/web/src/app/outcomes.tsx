import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { problemText } from "../lib/problem.ts";
import { useTexts } from "../lib/texts.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Page } from "../ui/Page.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { appTexts } from "./texts.ts";

/** A screen that is on its way. */
export function Loading() {
  const t = useTexts(appTexts);
  return (
    <Page title={<Skeleton width="220px" />}>
      <span className="visually-hidden" role="status">
        {t.loading}
      </span>
      <Skeleton height="240px" />
    </Page>
  );
}

/** An address that leads nowhere. */
export function Missing() {
  const t = useTexts(appTexts);
  return (
    <EmptyState title={t.notFound}>
      <p>{t.notFoundText}</p>
      <p>
        <Link to="/">{t.backHome}</Link>
      </p>
    </EmptyState>
  );
}

/** A screen that threw. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const t = useTexts(appTexts);
  return (
    <Page title={t.broke}>
      <Problem title={t.broke} detail={problemText(error)} retryLabel={t.again} onRetry={reset} />
    </Page>
  );
}
