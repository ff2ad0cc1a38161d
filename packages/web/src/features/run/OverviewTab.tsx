import type { Run } from "@cairn/core";
import { useTexts } from "../../lib/texts.ts";
import { Markdown } from "../../parts/markdown/Markdown.tsx";
import { Card } from "../../ui/Card.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { DataCard } from "./DataCard.tsx";
import { LabelsCard } from "./LabelsCard.tsx";
import { ModulesCard } from "./ModulesCard.tsx";
import { NotesCard } from "./NotesCard.tsx";
import { OriginCard } from "./OriginCard.tsx";
import styles from "./OverviewTab.module.css";
import { parseOrigin } from "./origin.ts";
import { ParametersCard } from "./ParametersCard.tsx";
import type { RunView } from "./run-view.ts";
import { SummaryCard } from "./SummaryCard.tsx";
import { TagsCard } from "./TagsCard.tsx";
import { runPageTexts } from "./texts.ts";

export interface OverviewTabProps {
  readonly run: Run;
  readonly view: RunView;
  readonly onFilter: (filter: string | undefined) => void;
}

/** All that is known of a run, save its points and files. */
export function OverviewTab({ run, view, onFilter }: OverviewTabProps) {
  const t = useTexts(runPageTexts);
  const { rows, description, otherTags } = parseOrigin(run.tags);
  return (
    <div className={styles.frame}>
      <div className={styles.overview}>
        <div className={styles.column}>
          {run.error !== null && <Problem title={t.failedWith} detail={run.error} />}
          {description !== undefined && (
            <Card title={t.description}>
              <Markdown text={description} />
            </Card>
          )}
          <SummaryCard run={run} filter={view.filter} />
          <ParametersCard run={run} filter={view.filter} onFilter={onFilter} />
          <ModulesCard run={run} />
          <DataCard run={run} />
        </div>
        <div className={styles.column}>
          <LabelsCard run={run} />
          <NotesCard run={run} />
          <TagsCard run={run} tags={otherTags} />
          {rows.length > 0 && <OriginCard rows={rows} />}
        </div>
      </div>
    </div>
  );
}
