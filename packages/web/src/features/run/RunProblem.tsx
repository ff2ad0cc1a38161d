import { isTrackerError } from "@cairn/core";
import { Link } from "@tanstack/react-router";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import styles from "./RunHead.module.css";
import { idLike } from "./run-id.ts";
import { runPageTexts } from "./texts.ts";

export interface RunProblemProps {
  /** As it stands in the address. */
  readonly id: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Why no run is shown here, and what to do. */
export function RunProblem({ id, error, onRetry }: RunProblemProps) {
  const t = useTexts(runPageTexts);
  const code = isTrackerError(error) ? error.code : undefined;
  if (code !== "not_found" && code !== "invalid") {
    return (
      <Page title={t.loadFailed}>
        <Problem title={t.loadFailed} detail={problemText(error)} retryLabel={t.again} onRetry={onRetry} />
      </Page>
    );
  }
  const meant = idLike(id);
  return (
    <EmptyState title={code === "invalid" ? t.malformedTitle : t.missingTitle}>
      <p>{code === "invalid" ? t.malformedText : t.missingText}</p>
      <p className={styles.badId}>{id}</p>
      {meant !== undefined && (
        <p>
          {t.meant}{" "}
          <Link to="/runs/$run" params={{ run: meant }} className="mono">
            {meant}
          </Link>
        </p>
      )}
      <p>
        <Link to="/">{t.backHome}</Link>
      </p>
    </EmptyState>
  );
}
