import type { Run } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Star } from "lucide-react";
import { formatAge, formatDuration, formatNumber, formatTime, formatValue } from "../../../lib/format.ts";
import { queries } from "../../../lib/queries.ts";
import { PREFIX } from "../../../lib/server.ts";
import { useTexts } from "../../../lib/texts.ts";
import { useNow } from "../../../lib/use-now.ts";
import { Badge } from "../../../ui/Badge.tsx";
import { RunState } from "../RunState.tsx";
import styles from "./RunCell.module.css";
import { durationOf, flatKey, metricOf, metricValue, type RunColumn, shownStat } from "./run-column.ts";
import { columnTexts } from "./texts.ts";

/** Texts up to this length fit their column mostly, and need no tooltip. */
const SHORT = 12;

/**
 * What a run has in a column, in as few elements as it takes: most cells are a text and nothing else. The cell around it cuts
 * what is too long.
 */
export function RunCell({ run, column }: { readonly run: Run; readonly column: RunColumn }) {
  switch (column.kind) {
    case "metric": {
      const value = metricValue(metricOf(run, column.key), shownStat(column));
      if (value === undefined) return <Nothing />;
      return Number.isFinite(value) ? formatNumber(value) : <span className={styles.odd}>{formatNumber(value)}</span>;
    }
    case "parameter": {
      const value = run.parameters.find((parameter) => flatKey(parameter) === column.key)?.value;
      return value === undefined ? <Nothing /> : <Text text={formatValue(value)} />;
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
      return <span className="mono">{run.id}</span>;
    case "author":
      return <Text text={run.author} />;
    case "experiment":
      return <ExperimentName id={run.experiment} />;
    default:
      return <>{String(run[name])}</>;
  }
}

/** Its number until the name is there; the names of all experiments of a table are asked for once each. */
function ExperimentName({ id }: { readonly id: number }) {
  const { data } = useQuery(queries.experiment(id));
  return <Text text={data?.name ?? String(id)} />;
}

function Nothing() {
  return <span className={styles.nothing}>–</span>;
}

function Text({ text }: { readonly text: string }) {
  return text.length > SHORT ? <span title={text}>{text}</span> : text;
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
    <time
      // The whole date is written out for who points at it: to do so for every row would cost more than the rest of it.
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = formatTime(at, "seconds");
      }}
    >
      {formatAge(at, useNow())}
    </time>
  );
}

function Duration({ run }: { readonly run: Run }) {
  const duration = durationOf(run, useNow());
  return duration === undefined ? <Nothing /> : formatDuration(duration);
}
