import type { DatasetInput, Run } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { safeLink } from "../../lib/safe-link.ts";
import { useTexts } from "../../lib/texts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Card } from "../../ui/Card.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { SimpleTable } from "../../ui/SimpleTable.tsx";
import styles from "./cards.module.css";
import { OuterLink } from "./OuterLink.tsx";
import { runQueries } from "./run-queries.ts";
import { runPageTexts } from "./texts.ts";
import { useMore } from "./use-more.tsx";
import { Values } from "./Values.tsx";

/** On what it was trained, and the passes over it. Not there for a run that named none. */
export function DataCard({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const { data: iterations = [], error, refetch } = useQuery(runQueries.iterations(run.id));
  const { shown, moreButton } = useMore(iterations, 40);
  if (run.inputs.length === 0 && iterations.length === 0 && error === null) return null;
  return (
    <Card title={t.data}>
      {run.inputs.length > 0 && <Inputs inputs={run.inputs} />}
      {error !== null && (
        <Problem
          title={t.iterationsFailed}
          detail={problemText(error)}
          retryLabel={t.again}
          onRetry={() => void refetch()}
        />
      )}
      {iterations.length > 0 && (
        <>
          <h3 className={styles.sub}>
            {t.iterations} <span className={styles.faint}>{formatCount(iterations.length)}</span>
          </h3>
          <SimpleTable
            label={t.iterations}
            rows={shown}
            keyOf={({ hash }) => hash}
            columns={[
              {
                key: "phase",
                label: t.phase,
                isRowHeader: true,
                cell: ({ phase, hash }) => phase ?? <span className="mono">{hash.slice(0, 8)}</span>,
              },
              {
                key: "epoch",
                label: t.epoch,
                align: "end",
                cell: ({ epoch }) => (epoch === null ? "–" : formatCount(epoch)),
              },
              {
                key: "dataset",
                label: t.dataset,
                cell: ({ dataset }) =>
                  dataset !== null && (
                    <>
                      {dataset.name} <span className={`mono ${styles.faint}`}>{dataset.hash.slice(0, 12)}</span>{" "}
                      <Values values={dataset.arguments} />
                    </>
                  ),
              },
              { key: "loader", label: t.loader, cell: ({ arguments: values }) => <Values values={values} /> },
              { key: "modules", label: t.modules, cell: ({ modules }) => modules.map(({ name }) => name).join(", ") },
            ]}
          />
          {moreButton}
        </>
      )}
    </Card>
  );
}

function Inputs({ inputs }: { readonly inputs: readonly DatasetInput[] }) {
  const t = useTexts(runPageTexts);
  return (
    <>
      <h3 className={styles.sub}>
        {t.datasets} <span className={styles.faint}>{formatCount(inputs.length)}</span>
      </h3>
      <SimpleTable
        label={t.datasets}
        rows={inputs}
        keyOf={({ dataset, context }) => `${dataset.name} ${dataset.digest} ${context}`}
        columns={[
          { key: "name", label: t.name, isRowHeader: true, cell: ({ dataset }) => dataset.name },
          { key: "context", label: t.context, cell: ({ context }) => context !== null && <Badge>{context}</Badge> },
          {
            key: "digest",
            label: t.digest,
            cell: ({ dataset }) => (
              <span className={`mono ${styles.faint}`} title={dataset.digest}>
                {dataset.digest.slice(0, 12)}
              </span>
            ),
          },
          {
            key: "source",
            label: t.source,
            cell: ({ dataset }) => (
              <>
                <OuterLink text={dataset.source} link={safeLink(dataset.source)} />
                <Folded title={t.schema} text={dataset.schema} />
                <Folded title={t.profile} text={dataset.profile} />
              </>
            ),
          },
        ]}
      />
    </>
  );
}

function Folded({ title, text }: { readonly title: string; readonly text: string | null }) {
  if (text === null || text === "") return null;
  return (
    <details className={styles.details}>
      <summary>{title}</summary>
      <code>{text}</code>
    </details>
  );
}
