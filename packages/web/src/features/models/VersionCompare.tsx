import type { Model, Version } from "@cairn/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { clsx } from "clsx";
import { ArrowLeftRight } from "lucide-react";
import { formatBytes, formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { compareFiles, countChanges } from "../../parts/versions/compare-files.ts";
import { type ComparedValue, compareValues } from "../../parts/versions/compare-values.ts";
import { metricValues } from "../../parts/versions/version-numbers.ts";
import { MAX_FILES, versionQueries } from "../../parts/versions/version-queries.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Button } from "../../ui/Button.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Select } from "../../ui/Select.tsx";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { FilesCompared } from "./FilesCompared.tsx";
import styles from "./ModelPage.module.css";
import { modelTexts } from "./texts.ts";
import { Difference, Value } from "./ValuesTable.tsx";

/** This version beside another: metadata, metrics, and files by their digests. The other comes first: it is the "before". */
export function VersionCompare({ model, version }: { readonly model: Model; readonly version: Version }) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const navigate = useNavigate();
  const [search, change] = useAddress();
  const { data } = useInfiniteQuery(versionQueries.versions(model.id));
  const others = (data?.pages ?? []).flatMap(({ items }) => items).filter(({ number }) => number !== version.number);
  const chosen = search["compare"] ?? defaultOther(others, version);
  const other = useQuery({
    ...versionQueries.version(model.id, chosen ?? ""),
    enabled: chosen !== undefined && chosen !== "",
  }).data;
  const options = others.map(({ number, label }) => ({
    value: String(number),
    label: label === null ? v.version(number) : `${v.version(number)} · ${label}`,
  }));
  if (other != null && !options.some(({ value }) => value === String(other.number))) {
    options.push({ value: String(other.number), label: v.version(other.number) });
  }
  if (data !== undefined && options.length === 0) return <p>{t.onlyOne}</p>;
  const isAll = search["all"] === "1";
  return (
    <div className={clsx(styles.main, styles.narrow)}>
      <div className={styles.tools}>
        <Select
          label={t.compareWithLabel}
          labelPlace="before"
          value={other == null ? "" : String(other.number)}
          options={options}
          onChange={(value) => change({ tab: undefined, compare: value })}
        />
        {other != null && (
          <Button
            look="quiet"
            onClick={() =>
              void navigate({
                to: "/models/$model/versions/$version",
                params: { model: model.name, version: String(other.number) },
                search: { compare: String(version.number) },
              })
            }
          >
            <ArrowLeftRight size={14} aria-hidden />
            {t.swap}
          </Button>
        )}
        <label className={styles.check}>
          <input type="checkbox" checked={!isAll} onChange={() => change({ all: isAll ? undefined : "1" })} />
          {t.differencesOnly}
        </label>
      </div>
      {other === null && <Problem title={t.versionNotFound(model.name, chosen ?? "")} />}
      {other === undefined && chosen !== undefined && <Skeleton height="200px" />}
      {other != null && <Compared before={other} after={version} isAll={isAll} />}
    </div>
  );
}

/** The one before it, else the nearest after. */
function defaultOther(others: readonly Version[], version: Version): string | undefined {
  const before = others.find(({ number }) => number < version.number) ?? others.at(-1);
  return before === undefined ? undefined : String(before.number);
}

interface ComparedProps {
  readonly before: Version;
  readonly after: Version;
  readonly isAll: boolean;
}

function Compared({ before, after, isAll }: ComparedProps) {
  const t = useTexts(modelTexts);
  const runs = useQuery(versionQueries.runs([before.run, after.run].flatMap((run) => run ?? []))).data;
  const metricsOf = ({ run }: Version) => metricValues((run === null ? undefined : runs?.get(run))?.metrics ?? []);
  return (
    <>
      <section className={styles.section}>
        <h2>{t.metadata}</h2>
        <Values
          label={t.metadata}
          rows={compareValues(before.metadata, after.metadata)}
          {...{ before, after, isAll }}
        />
      </section>
      {(before.run ?? after.run) !== null && (
        <section className={styles.section}>
          <h2>{t.metrics}</h2>
          <Values
            label={t.metrics}
            rows={compareValues(metricsOf(before), metricsOf(after))}
            {...{ before, after, isAll }}
          />
        </section>
      )}
      <Files before={before} after={after} isAll={isAll} />
    </>
  );
}

function Values({
  label,
  rows,
  before,
  after,
  isAll,
}: ComparedProps & { readonly label: string; readonly rows: readonly ComparedValue[] }) {
  const t = useTexts(modelTexts);
  const shown = isAll ? rows : rows.filter(({ change }) => change !== "same");
  if (shown.length === 0) return <p className={styles.none}>{rows.length === 0 ? t.noMetadata : t.noDifferences}</p>;
  const heading = ({ name, number }: Version) => (
    <Link to="/models/$model/versions/$version" params={{ model: name, version: String(number) }}>
      {t.was(String(number))}
    </Link>
  );
  const columns: SimpleColumn<ComparedValue>[] = [
    { key: "key", label: t.key, cell: ({ key }) => key, isRowHeader: true, width: "34%" },
    {
      key: "before",
      label: heading(before),
      cell: (row) => <Value value={row.before} isSoft />,
      align: "end",
      width: "24%",
    },
    { key: "after", label: heading(after), cell: (row) => <Value value={row.after} />, align: "end", width: "24%" },
    { key: "change", label: "", cell: (row) => <Difference row={row} />, align: "end", width: "18%" },
  ];
  return <SimpleTable label={label} columns={columns} rows={shown} keyOf={({ key }) => key} />;
}

function Files({ before, after, isAll }: ComparedProps) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const old = useQuery(versionQueries.manifest(before.model, before.number));
  const now = useQuery(versionQueries.manifest(after.model, after.number));
  const error = old.error ?? now.error;
  const rows =
    old.data === undefined || now.data === undefined ? undefined : compareFiles(old.data.files, now.data.files);
  const totals = rows === undefined ? undefined : countChanges(rows);
  const isCut = old.data?.isCut === true || now.data?.isCut === true;
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>{t.files}</h2>
        {totals !== undefined && totals.sharedBytes > 0 && (
          <span className={styles.none}>{t.shared(formatBytes(totals.sharedBytes))}</span>
        )}
      </div>
      {error !== null && (
        <Problem
          title={t.filesLoadFailed}
          detail={problemText(error)}
          retryLabel={v.retry}
          onRetry={() => void Promise.all([old.refetch(), now.refetch()])}
        />
      )}
      {error === null && rows === undefined && <Skeleton height="120px" />}
      {rows !== undefined && totals !== undefined && <FilesCompared rows={rows} totals={totals} isAll={isAll} />}
      {isCut && <p className={styles.none}>{t.filesCut(formatCount(MAX_FILES))}</p>}
    </section>
  );
}
