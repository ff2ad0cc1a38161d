import type { Run } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Card } from "../../ui/Card.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { SimpleTable } from "../../ui/SimpleTable.tsx";
import styles from "./cards.module.css";
import { runQueries } from "./run-queries.ts";
import { runPageTexts } from "./texts.ts";
import { useMore } from "./use-more.tsx";
import { Values } from "./Values.tsx";

/** The parts of what was trained. Not there for a run without any. */
export function ModulesCard({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const { data = [], error, refetch } = useQuery(runQueries.modules(run.id));
  const { shown, moreButton } = useMore(data, 40);
  if (error !== null) {
    return (
      <Problem
        title={t.modulesFailed}
        detail={problemText(error)}
        retryLabel={t.again}
        onRetry={() => void refetch()}
      />
    );
  }
  if (data.length === 0) return null;
  return (
    <Card title={t.modules} count={formatCount(data.length)}>
      <SimpleTable
        label={t.modules}
        rows={shown}
        keyOf={({ type, hash }) => `${type} ${hash}`}
        columns={[
          { key: "type", label: t.moduleType, cell: ({ type }) => <Badge>{type}</Badge> },
          { key: "name", label: t.name, isRowHeader: true, cell: ({ name }) => name },
          { key: "parameters", label: t.moduleParameters, cell: ({ parameters }) => <Values values={parameters} /> },
          {
            key: "hash",
            label: t.hash,
            cell: ({ hash }) => (
              <span className={`mono ${styles.faint}`} title={hash}>
                {hash.slice(0, 12)}
              </span>
            ),
          },
        ]}
      />
      {moreButton}
    </Card>
  );
}
