import type { Model, Version } from "@cairn/core";
import { useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { fieldsOf, fieldsText, parseFields } from "../../parts/versions/version-numbers.ts";
import { versionQueries } from "../../parts/versions/version-queries.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { BaselineSelect } from "./BaselineSelect.tsx";
import { baselineText, numberOfBaseline } from "./baseline.ts";
import { FieldChooser } from "./FieldChooser.tsx";
import styles from "./ModelPage.module.css";
import { modelTexts } from "./texts.ts";
import { VersionsTable } from "./VersionsTable.tsx";

/** So many fields are compared unless somebody chose others. */
const SHOWN = 4;

/** A model's versions, newest first, each held against a baseline. */
export function Versions({ model }: { readonly model: Model }) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const [search, change] = useAddress();
  const query = useInfiniteQuery(versionQueries.versions(model.id));
  const pages = query.data?.pages ?? [];
  const versions = pages.flatMap(({ items }) => items);
  const baseline = baselineText(model, search["baseline"]);
  const baselineNumber = numberOfBaseline(model, baseline);
  const baselineVersion = useBaseline(model, baselineNumber, versions);
  const lists = baselineVersion === undefined ? [] : [[baselineVersion]];
  const runs = useRuns([...lists, ...pages.map(({ items }) => items)]);
  const fields = fieldsOf(versions, runs);
  const shown = parseFields(search["cols"]) ?? fields.slice(0, SHOWN);

  if (query.isError) {
    return (
      <Problem
        title={t.versionsLoadFailed}
        detail={problemText(query.error)}
        retryLabel={v.retry}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <section className={styles.section} aria-label={t.versions}>
      <div className={styles.head}>
        <h2>{t.versions}</h2>
        {versions.length > 0 && (
          <div className={styles.tools}>
            <BaselineSelect model={model} value={baseline} onChange={(value) => change({ baseline: value })} />
            <FieldChooser
              fields={fields}
              shown={shown}
              onChange={(next) => change({ cols: next === undefined ? undefined : fieldsText(next) })}
            />
          </div>
        )}
      </div>
      {query.isPending && <Skeleton height="180px" />}
      {query.isSuccess && versions.length === 0 && (
        <EmptyState title={t.noVersions} icon={<Layers size={26} aria-hidden />}>
          <p>{t.noVersionsText}</p>
        </EmptyState>
      )}
      {versions.length > 0 && (
        <VersionsTable model={model} versions={versions} runs={runs} fields={shown} baseline={baselineVersion} />
      )}
      {query.hasNextPage && (
        <Button disabled={query.isFetching} onClick={() => void query.fetchNextPage()}>
          {t.more100}
        </Button>
      )}
    </section>
  );
}

function useBaseline(model: Model, number: number | undefined, versions: readonly Version[]): Version | undefined {
  const loaded = versions.find((version) => version.number === number);
  const { data } = useQuery({
    ...versionQueries.version(model.id, String(number)),
    enabled: number !== undefined && loaded === undefined,
  });
  return number === undefined ? undefined : (loaded ?? data ?? undefined);
}

function useRuns(lists: readonly (readonly Version[])[]) {
  return useQueries({
    queries: lists.map((versions) =>
      versionQueries.runs([...new Set(versions.flatMap(({ run }) => run ?? []))].sort()),
    ),
    combine: (results) => new Map(results.flatMap(({ data }) => (data === undefined ? [] : [...data]))),
  });
}
