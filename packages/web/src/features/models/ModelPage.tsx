import type { Model } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Box } from "lucide-react";
import { problemText } from "../../lib/problem.ts";
import { SERVER_URL } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { loadSnippets } from "../../parts/snippets/model-snippets.ts";
import { Snippets } from "../../parts/snippets/Snippets.tsx";
import { versionQueries } from "../../parts/versions/version-queries.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { ModelActions } from "./ModelActions.tsx";
import { ModelAliases } from "./ModelAliases.tsx";
import { ModelCard } from "./ModelCard.tsx";
import { ModelFacts } from "./ModelFacts.tsx";
import { ModelHistory } from "./ModelHistory.tsx";
import styles from "./ModelPage.module.css";
import { RestoreBanner } from "./RestoreBanner.tsx";
import { modelTexts } from "./texts.ts";
import { Versions } from "./Versions.tsx";

/** One model: its card, its versions with their aliases, how it is used, and what happened to it. */
export function ModelPage() {
  const { model: name } = useParams({ from: "/models/$model" });
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const { data: model, error, isPending, refetch } = useQuery(versionQueries.model(name));
  if (error !== null) {
    return (
      <Page title={name}>
        <Problem title={t.loadFailed} detail={problemText(error)} retryLabel={v.retry} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (isPending) {
    return (
      <Page title={name} about={<Skeleton width="260px" />}>
        <Skeleton height="160px" />
        <Skeleton height="240px" />
      </Page>
    );
  }
  if (model === null) return <MissingModel name={name} />;
  return (
    <Page
      title={
        <>
          <Link to="/models" className={styles.crumb}>
            {t.models}
          </Link>
          <span className={styles.slash} aria-hidden>
            /
          </span>
          {model.name}
        </>
      }
      about={<ModelFacts model={model} />}
      actions={<ModelActions model={model} />}
    >
      {model.deletedAt !== null && <RestoreBanner model={model} />}
      <div className={styles.columns}>
        <ModelCard model={model} />
        <aside className={styles.aside}>
          <ModelAliases model={model} />
          <UseModel model={model} />
        </aside>
      </div>
      <Versions model={model} />
      <ModelHistory model={model} />
    </Page>
  );
}

export function MissingModel({ name }: { readonly name: string }) {
  const t = useTexts(modelTexts);
  return (
    <EmptyState title={t.notFound} icon={<Box size={28} aria-hidden />}>
      <p>{t.notFoundText(name)}</p>
      <p>
        <Link to="/models">{t.toModels}</Link>
      </p>
    </EmptyState>
  );
}

/** By the alias that is most likely what people want: the first there is, else the latest. */
function UseModel({ model }: { readonly model: Model }) {
  const t = useTexts(modelTexts);
  const [alias] = Object.keys(model.aliases);
  const number = alias === undefined ? model.latest : (model.aliases[alias] ?? null);
  if (number === null) return null;
  return (
    <section className={styles.section}>
      <h2>{t.use}</h2>
      <Snippets
        items={loadSnippets(SERVER_URL, { model: model.id, name: model.name, number }, alias ?? String(number))}
      />
    </section>
  );
}
