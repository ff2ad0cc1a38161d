import { isTrackerError } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useMemo } from "react";
import { formatNumber, formatTime, formatValue } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { FileBrowser } from "../../parts/files/FileBrowser.tsx";
import { checkpointFiles } from "../../parts/files/sources.ts";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { SimpleTable } from "../../ui/SimpleTable.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import styles from "./LineageTab.module.css";
import { flatKey } from "./parameter-groups.ts";
import { runPageTexts } from "./texts.ts";

export interface CheckpointCardProps {
  readonly id: string;
  readonly path: string;
  readonly onPath: (path: string) => void;
  readonly onClose: () => void;
}

/** One checkpoint: what is known of it, and its files. */
export function CheckpointCard({ id, path, onPath, onClose }: CheckpointCardProps) {
  const t = useTexts(runPageTexts);
  const source = useMemo(() => checkpointFiles(id), [id]);
  const { data, error, refetch } = useQuery({
    queryKey: ["checkpoints", id],
    queryFn: () => server.checkpoints.get(id),
  });
  const isGone = isTrackerError(error) && error.code === "not_found";
  return (
    <Card
      title={data?.name ?? t.checkpoint}
      actions={
        <IconButton label={t.close} size="small" onClick={onClose}>
          <X size={15} aria-hidden />
        </IconButton>
      }
    >
      {isGone ? (
        <p>{t.checkpointGone}</p>
      ) : error !== null ? (
        <Problem
          title={t.checkpointFailed}
          detail={problemText(error)}
          retryLabel={t.again}
          onRetry={() => void refetch()}
        />
      ) : data === undefined ? (
        <Skeleton height="120px" />
      ) : (
        <>
          <dl className={styles.facts}>
            <dt>Id</dt>
            <dd className="mono">{data.id}</dd>
            <dt>{t.state}</dt>
            <dd>
              {data.state}
              {data.message !== null && ` · ${data.message}`}
            </dd>
            {data.type !== "" && (
              <>
                <dt>{t.type}</dt>
                <dd>{data.type}</dd>
              </>
            )}
            <dt>{t.fromRun}</dt>
            <dd>
              {data.run === null ? (
                t.none
              ) : (
                <Link to="/runs/$run" params={{ run: data.run }} className="mono">
                  {data.run.slice(0, 8)}
                </Link>
              )}{" "}
              · {formatTime(data.createdAt)}
            </dd>
            {data.parameters.slice(0, 100).map((parameter) => (
              <div key={flatKey(parameter)} style={{ display: "contents" }}>
                <dt>{flatKey(parameter)}</dt>
                <dd>{formatValue(parameter.value)}</dd>
              </div>
            ))}
          </dl>
          {data.metrics.length > 0 && (
            <SimpleTable
              label={t.summary}
              size="small"
              rows={data.metrics
                .slice(-200)
                .toReversed()
                .map((metric, index) => ({ ...metric, index }))}
              keyOf={({ index }) => index}
              columns={[
                { key: "metric", label: t.metric, isRowHeader: true, cell: ({ key }) => key },
                { key: "dataset", label: t.dataset, cell: ({ dataset }) => dataset?.name ?? "" },
                { key: "step", label: t.step("").trim(), align: "end", cell: ({ step }) => step },
                { key: "value", label: t.value, align: "end", cell: ({ value }) => formatNumber(value) },
              ]}
            />
          )}
          <FileBrowser source={source} path={path} onPath={onPath} empty={<EmptyState title={t.noCheckpointFiles} />} />
        </>
      )}
    </Card>
  );
}
