import type { Experiment } from "@cairn/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { formatAge, formatCount, formatTime } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Field } from "../../ui/Field.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import styles from "./HomePage.module.css";
import { homeTexts } from "./texts.ts";
import { type Activity, useExperimentsByActivity } from "./use-experiments-by-activity.ts";

const SHOWN = 50;

type Row = Experiment & Activity;

/** Every experiment, the one with the newest run first; the filter and how many are shown are in the address. */
export function ExperimentList() {
  const t = useTexts(homeTexts);
  const { q = "", show } = useSearch({ from: "__root__" });
  const navigate = useNavigate();
  const { data, error, refetch } = useExperimentsByActivity();
  const columns = useColumns();
  if (error !== null) {
    return <Problem title={t.problem} detail={problemText(error)} retryLabel={t.again} onRetry={refetch} />;
  }
  if (data === undefined) return <Skeleton height="180px" />;
  if (data.length === 0) return <EmptyState title={t.empty} />;
  const wanted = q.trim().toLowerCase();
  const matching = data.filter(({ name }) => name.toLowerCase().includes(wanted));
  const count = Math.max(SHOWN, Number(show) || 0);
  return (
    <>
      {(data.length > 8 || q !== "") && (
        <div className={styles.filter}>
          <Field
            label={t.filter}
            isLabelHidden
            placeholder={t.filter}
            type="search"
            value={q}
            onChange={({ target }) => void navigate({ to: "/", search: { q: target.value, show }, replace: true })}
          />
        </div>
      )}
      {matching.length === 0 && <p className={styles.about}>{t.noMatch(q)}</p>}
      {matching.length > 0 && (
        <SimpleTable label={t.experiments} columns={columns} rows={matching.slice(0, count)} keyOf={({ id }) => id} />
      )}
      {matching.length > count && (
        <div>
          <Button onClick={() => void navigate({ to: "/", search: { q, show: String(count * 2) }, replace: true })}>
            {t.more(formatCount(matching.length - count))}
          </Button>
        </div>
      )}
    </>
  );
}

function useColumns(): readonly SimpleColumn<Row>[] {
  const t = useTexts(homeTexts);
  const now = useNow();
  return [
    {
      key: "name",
      label: t.name,
      isRowHeader: true,
      cell: ({ id, name, description }) => (
        <>
          <Link to="/experiments/$experiment" params={{ experiment: String(id) }}>
            {name}
          </Link>
          {description !== "" && <div className={styles.description}>{description}</div>}
        </>
      ),
    },
    { key: "runs", label: t.runs, align: "end", cell: ({ runs }) => formatCount(runs), width: "110px" },
    {
      key: "activity",
      label: t.activity,
      width: "160px",
      cell: ({ newestRunAt }) =>
        newestRunAt === null ? (
          <span className={styles.about}>{t.never}</span>
        ) : (
          <span className={styles.line}>{formatAge(newestRunAt, now)}</span>
        ),
    },
    {
      key: "created",
      label: t.created,
      isMinor: true,
      width: "190px",
      cell: ({ createdAt }) => <span className={styles.line}>{formatTime(createdAt)}</span>,
    },
  ];
}
