import type { Checkpoint, Run, Version } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Activity, ArrowRight, Box, Database, Flag } from "lucide-react";
import type { ReactNode } from "react";
import { formatBytes, formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { queries } from "../../lib/queries.ts";
import { useTexts } from "../../lib/texts.ts";
import { RunState } from "../../parts/runs/RunState.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { CheckpointCard } from "./CheckpointCard.tsx";
import styles from "./LineageTab.module.css";
import { MAX_CHECKPOINTS, runQueries } from "./run-queries.ts";
import type { RunView } from "./run-view.ts";
import { runPageTexts } from "./texts.ts";
import { useMore } from "./use-more.tsx";

export interface LineageTabProps {
  readonly run: Run;
  readonly view: RunView;
  readonly onView: (change: Readonly<Record<string, string | undefined>>, how?: "push") => void;
}

/** Where the run stands between what it used and what came of it, left to right. */
export function LineageTab({ run, view, onView }: LineageTabProps) {
  const t = useTexts(runPageTexts);
  const { data: experiment } = useQuery(queries.experiment(run.experiment));
  const versions = useQuery({
    ...runQueries.versions(run.id, experiment?.project ?? ""),
    enabled: experiment !== undefined,
  });
  const checkpoints = useQuery(runQueries.checkpoints(run));
  const outputs = run.outputs.slice(-MAX_CHECKPOINTS).toReversed();
  const { shown, moreButton } = useMore(outputs, 20);
  const failed = [versions, checkpoints].find(({ error }) => error !== null);
  if (failed !== undefined && failed.error !== null) {
    return (
      <Problem
        title={t.lineageFailed}
        detail={problemText(failed.error)}
        retryLabel={t.again}
        onRetry={() => void failed.refetch()}
      />
    );
  }
  const choose = (checkpoint: string) =>
    onView(
      { checkpoint: checkpoint === view.checkpoint ? undefined : checkpoint, path: undefined, rev: undefined },
      "push",
    );
  const card = (id: string, step?: number) => (
    <CheckpointEntry
      key={id}
      id={id}
      step={step}
      checkpoint={checkpoints.data?.get(id)}
      isLoading={checkpoints.data === undefined}
      isChosen={id === view.checkpoint}
      onChoose={() => choose(id)}
    />
  );
  const hasInputs = run.inputs.length + run.used.length > 0;
  const hasOutputs = outputs.length + (versions.data?.length ?? 0) > 0;
  return (
    <div className={styles.frame}>
      <div className={styles.lineage}>
        <section className={styles.column} aria-label={t.inputs}>
          <h2>{t.inputs}</h2>
          {!hasInputs && <p className={styles.soft}>{t.noInputs}</p>}
          {run.inputs.map(({ dataset, context }) => (
            <div key={`${dataset.name} ${dataset.digest} ${context}`} className={styles.entry}>
              <Database size={16} aria-hidden />
              <div>
                <strong>{dataset.name}</strong> {context !== null && <Badge>{context}</Badge>}
                <p className={styles.soft}>
                  {t.dataset} · <span className="mono">{dataset.digest.slice(0, 12)}</span>
                </p>
              </div>
            </div>
          ))}
          {run.used.map((id) => card(id))}
        </section>
        <Arrow />
        <section className={styles.column} aria-label={t.thisRun}>
          <h2>{t.thisRun}</h2>
          <div className={styles.entry} data-self>
            <Activity size={16} aria-hidden />
            <div>
              <strong>{run.name}</strong>
              <p className={styles.soft}>
                <RunState run={run} />
              </p>
            </div>
          </div>
        </section>
        <Arrow />
        <section className={styles.column} aria-label={t.outputs}>
          <h2>{t.outputs}</h2>
          {versions.data === undefined && <Skeleton height="56px" />}
          {versions.data !== undefined && !hasOutputs && <p className={styles.soft}>{t.noOutputs}</p>}
          {versions.data?.map((version) => (
            <VersionEntry key={`${version.model} ${version.number}`} version={version} />
          ))}
          {shown.map(({ checkpoint, step }) => card(checkpoint, step))}
          {moreButton}
          {run.outputs.length > outputs.length && (
            <p className={styles.soft}>{t.shownOf(formatCount(outputs.length), formatCount(run.outputs.length))}</p>
          )}
        </section>
      </div>
      {view.checkpoint !== undefined && (
        <CheckpointCard
          key={view.checkpoint}
          id={view.checkpoint}
          path={view.path}
          onPath={(path) => onView({ path: path || undefined }, "push")}
          onClose={() => onView({ checkpoint: undefined, path: undefined })}
        />
      )}
    </div>
  );
}

function Arrow(): ReactNode {
  return (
    <div className={styles.arrow} aria-hidden>
      <ArrowRight size={20} />
    </div>
  );
}

function VersionEntry({ version }: { readonly version: Version }) {
  const t = useTexts(runPageTexts);
  const { name, number, label, aliases, files, bytes, comment } = version;
  return (
    <Link
      to="/models/$model/versions/$version"
      params={{ model: name, version: String(number) }}
      className={styles.entry}
    >
      <Box size={16} aria-hidden />
      <div>
        <strong>{name}</strong> {t.version(number)}
        {label !== null && ` (${label})`}{" "}
        {aliases.map((alias) => (
          <Badge key={alias} look="accent">
            {alias}
          </Badge>
        ))}
        <p className={styles.soft}>
          {t.files(files)} · {formatBytes(bytes)}
          {comment !== "" && ` · ${comment.split("\n", 1)[0]}`}
        </p>
      </div>
    </Link>
  );
}

interface CheckpointEntryProps {
  readonly id: string;
  readonly step: number | undefined;
  readonly checkpoint: Checkpoint | undefined;
  readonly isLoading: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function CheckpointEntry({ id, step, checkpoint, isLoading, isChosen, onChoose }: CheckpointEntryProps) {
  const t = useTexts(runPageTexts);
  return (
    <button type="button" className={styles.entry} aria-expanded={isChosen} onClick={onChoose}>
      <Flag size={16} aria-hidden />
      <div>
        <strong>{checkpoint?.name ?? id.slice(0, 10)}</strong>{" "}
        {checkpoint?.deletedAt != null && <Badge look="warn">{t.isDeleted}</Badge>}
        {checkpoint === undefined && !isLoading && <Badge look="warn">{t.purged}</Badge>}
        {checkpoint?.state === "failed" && <Badge look="bad">{checkpoint.state}</Badge>}
        <p className={styles.soft}>
          {[t.checkpoint, checkpoint?.type, step === undefined ? undefined : t.atStep(formatCount(step))]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
    </button>
  );
}
