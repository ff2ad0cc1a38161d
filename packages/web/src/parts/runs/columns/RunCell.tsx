import type { Run } from "@cairn/core";
import { useNavigate } from "@tanstack/react-router";
import { Star } from "lucide-react";
import { formatAge, formatDuration, formatNumber, formatTime, formatValue } from "../../../lib/format.ts";
import { PREFIX } from "../../../lib/server.ts";
import { useTexts } from "../../../lib/texts.ts";
import { useNow } from "../../../lib/use-now.ts";
import { Badge } from "../../../ui/Badge.tsx";
import { RunState } from "../RunState.tsx";
import styles from "./RunCell.module.css";
import { durationOf, flatKey, metricOf, metricValue, type RunColumn, shownStat } from "./run-column.ts";
import { columnTexts } from "./texts.ts";

/** What a run has in a column. */
export function RunCell({ run, column }: { readonly run: Run; readonly column: RunColumn }) {
  switch (column.kind) {
    case "metric": {
      const value = metricValue(metricOf(run, column.key), shownStat(column));
      if (value === undefined) return <Nothing />;
      return (
        <span title={String(value)} data-odd={Number.isFinite(value) ? undefined : true} className={styles.number}>
          {formatNumber(value)}
        </span>
      );
    }
    case "parameter": {
      const value = run.parameters.find((parameter) => flatKey(parameter) === column.key)?.value;
      return value === undefined ? (
        <Nothing />
      ) : (
        <Text text={formatValue(value)} isNumber={typeof value === "number"} />
      );
    }
    case "tag": {
      const value = run.tags[column.key];
      return value === undefined ? <Nothing /> : <Text text={value} />;
    }
    case "label":
      return run.labels.length === 0 ? <Nothing /> : <Labels labels={run.labels} />;
    case "dataset":
      return run.inputs.length === 0 ? (
        <Nothing />
      ) : (
        <Text text={[...new Set(run.inputs.map(({ dataset }) => dataset.name))].join(", ")} />
      );
    default:
      return <Attribute run={run} name={column.name} />;
  }
}

function Attribute({
  run,
  name,
}: {
  readonly run: Run;
  readonly name: Extract<RunColumn, { kind: "attribute" }>["name"];
}) {
  switch (name) {
    case "name":
      return <Name run={run} />;
    case "state":
      return <RunState run={run} />;
    case "created":
      return <Age at={run.createdAt} />;
    case "started":
      return run.startedAt === null ? <Nothing /> : <Age at={run.startedAt} />;
    case "ended":
      return run.endedAt === null ? <Nothing /> : <Age at={run.endedAt} />;
    case "heartbeat":
      return <Age at={run.heartbeatAt} />;
    case "duration":
      return <Duration run={run} />;
    case "error":
      return run.error === null ? <Nothing /> : <Text text={run.error} />;
    case "id":
      return <span className="mono ellipsis">{run.id}</span>;
    case "author":
      return <Text text={run.author} />;
    default:
      return <>{String(run[name])}</>;
  }
}

function Nothing() {
  return <span className={styles.nothing}>–</span>;
}

function Text({ text, isNumber = false }: { readonly text: string; readonly isNumber?: boolean }) {
  return (
    <span className={isNumber ? "ellipsis numeric" : "ellipsis"} title={text}>
      {text}
    </span>
  );
}

function Name({ run }: { readonly run: Run }) {
  const t = useTexts(columnTexts);
  return (
    <>
      <RunLink id={run.id} name={run.name} />
      {run.starred && <Star size={12} className={styles.star} aria-label={t.starred} role="img" />}
    </>
  );
}

/** A plain link: the router's own follows the address, which is too dear for each row of a table that scrolls. */
function RunLink({ id, name }: { readonly id: string; readonly name: string }) {
  const navigate = useNavigate();
  return (
    <a
      href={`${PREFIX}/runs/${id}`}
      className={styles.name}
      tabIndex={-1}
      title={name}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void navigate({ to: "/runs/$run", params: { run: id } });
      }}
    >
      {name}
    </a>
  );
}

function Labels({ labels }: { readonly labels: readonly string[] }) {
  return (
    <span className={styles.labels} title={labels.join(", ")}>
      {labels.map((label) => (
        <Badge key={label}>{label}</Badge>
      ))}
    </span>
  );
}

function Age({ at }: { readonly at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatTime(at, "seconds")} className="ellipsis">
      {formatAge(at, useNow())}
    </time>
  );
}

function Duration({ run }: { readonly run: Run }) {
  const duration = durationOf(run, useNow());
  return duration === undefined ? <Nothing /> : <span className="numeric">{formatDuration(duration)}</span>;
}
