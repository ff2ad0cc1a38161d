import type { Model, ModelHistoryEntry } from "@cairn/core";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatAge, formatTime } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Button } from "../../ui/Button.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { historyTexts } from "./history-texts.ts";
import styles from "./ModelHistory.module.css";
import pageStyles from "./ModelPage.module.css";
import { modelTexts } from "./texts.ts";

const PAGE = 20;

const historyOf = (model: number) =>
  infiniteQueryOptions({
    queryKey: ["models", model, "history"],
    queryFn: ({ pageParam }) =>
      server.models.history(model, { limit: PAGE, ...(pageParam === "" ? {} : { cursor: pageParam }) }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });

/** What happened to a model and its versions, newest first: who, when, and why. */
export function ModelHistory({ model }: { readonly model: Model }) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const query = useInfiniteQuery(historyOf(model.id));
  const entries = (query.data?.pages ?? []).flatMap(({ items }) => items);
  return (
    <section className={pageStyles.section} aria-label={t.history}>
      <h2>{t.history}</h2>
      {query.isError && (
        <Problem
          title={t.historyUnavailable}
          detail={problemText(query.error)}
          retryLabel={v.retry}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && <Skeleton height="80px" />}
      {query.isSuccess && entries.length === 0 && <p className={pageStyles.none}>{t.noHistory}</p>}
      {entries.length > 0 && (
        <ol className={styles.list}>
          {entries.map((entry) => (
            <Entry key={entry.number} model={model} entry={entry} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <div>
          <Button size="small" disabled={query.isFetching} onClick={() => void query.fetchNextPage()}>
            {t.olderHistory}
          </Button>
        </div>
      )}
    </section>
  );
}

function Entry({ model, entry }: { readonly model: Model; readonly entry: ModelHistoryEntry }) {
  const t = useTexts(historyTexts);
  const now = useNow();
  const { at, author, what, version, name, from, to, reason } = entry;
  return (
    <li className={styles.entry} data-what={what}>
      <span>
        {what !== "version.deleted" && (
          <Link
            to="/models/$model/versions/$version"
            params={{ model: model.name, version: String(version) }}
            className={styles.version}
          >
            {version}
          </Link>
        )}
        {t[what]({ name: name ?? "", from: from ?? "", to: to ?? "", version: String(version) })}
      </span>
      {reason !== null && <q className={styles.reason}>{reason}</q>}
      <span className={styles.when}>
        {author !== "" && `${author} · `}
        <time dateTime={new Date(at).toISOString()} title={formatTime(at, "seconds")}>
          {formatAge(at, now)}
        </time>
      </span>
    </li>
  );
}
