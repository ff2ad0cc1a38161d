import { useQuery } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { queries } from "../../lib/queries.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { ExperimentList } from "./ExperimentList.tsx";
import { FirstSteps } from "./FirstSteps.tsx";
import styles from "./HomePage.module.css";
import { NewExperiment } from "./NewExperiment.tsx";
import { TrainingNow } from "./TrainingNow.tsx";
import { homeTexts } from "./texts.ts";

/** What is training now, and every experiment by its newest activity. On an empty server: how to begin. */
export function HomePage() {
  const t = useTexts(homeTexts);
  const newest = useQuery(queries.runs({ limit: 1, fields: [] }));
  const [isCreating, setCreating] = useState(false);
  if (newest.error !== null) {
    return (
      <Page title={t.title}>
        <Problem
          title={t.runsProblem}
          detail={problemText(newest.error)}
          retryLabel={t.again}
          onRetry={() => void newest.refetch()}
        />
      </Page>
    );
  }
  const isEmpty = newest.data !== undefined && newest.data.items.length === 0;
  return (
    <Page
      title={isEmpty ? t.welcome : t.title}
      about={isEmpty ? t.welcomeText : undefined}
      actions={
        <Button onClick={() => setCreating(true)}>
          <FlaskConical size={15} aria-hidden />
          {t.newExperiment}
        </Button>
      }
    >
      {isEmpty ? <FirstSteps /> : <TrainingNow />}
      <section className={styles.section}>
        <h2>{t.experiments}</h2>
        <ExperimentList />
      </section>
      <NewExperiment isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  );
}
