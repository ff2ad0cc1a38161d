import type { Model, Version } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatAge, formatCount, formatTime } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { AliasChips } from "../../parts/versions/AliasChips.tsx";
import { versionQueries } from "../../parts/versions/version-queries.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { firstLine } from "./first-line.ts";
import styles from "./ModelsTable.module.css";
import { modelTexts } from "./texts.ts";

/** Models as lines: name and what it is, its latest version, where its aliases point, and when it changed. */
export function ModelsTable({ models }: { readonly models: readonly Model[] }) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const latest = useQuery(
    versionQueries.some(models.flatMap(({ id, latest }) => (latest === null ? [] : [{ model: id, number: latest }]))),
  ).data;
  return (
    <div className={styles.box}>
      <table className={styles.table}>
        <caption className="visually-hidden">{t.models}</caption>
        <thead>
          <tr>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.latestVersion}</th>
            <th scope="col" className={styles.roomy}>
              {v.aliases}
            </th>
            <th scope="col" className={styles.roomier} data-align="end">
              {t.versionCount}
            </th>
            <th scope="col" data-align="end">
              {t.updated}
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <Row key={model.id} model={model} latest={latest?.get(`${model.id}/${model.latest}`)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ model, latest }: { readonly model: Model; readonly latest: Version | undefined }) {
  const now = useNow();
  const tags = Object.entries(model.tags).filter(([key]) => !key.startsWith("centre."));
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <Link to="/models/$model" params={{ model: model.name }}>
          {model.name}
        </Link>
        <span className={styles.about}>{firstLine(model.description)}</span>
        {tags.length > 0 && (
          <span className={styles.tags}>
            {tags.slice(0, 4).map(([key, value]) => (
              <Badge key={key}>
                {key}: {value}
              </Badge>
            ))}
          </span>
        )}
      </th>
      <td className={styles.latest}>
        {model.latest === null ? (
          <span className={styles.none}>–</span>
        ) : (
          <Link
            to="/models/$model/versions/$version"
            params={{ model: model.name, version: String(model.latest) }}
            className="numeric"
          >
            {model.latest}
            {latest?.label != null && <span className={styles.label}> · {latest.label}</span>}
          </Link>
        )}
      </td>
      <td className={styles.roomy}>
        <span className={styles.aliases}>
          {Object.entries(model.aliases).map(([alias, number]) => (
            <span key={alias} className={styles.alias}>
              <AliasChips model={model} aliases={[alias]} isLatest={false} />
              <span className="numeric">{number}</span>
            </span>
          ))}
        </span>
      </td>
      <td className={styles.roomier} data-align="end">
        {formatCount(model.versions)}
      </td>
      <td data-align="end" className={styles.age}>
        <time dateTime={new Date(model.updatedAt).toISOString()} title={formatTime(model.updatedAt, "seconds")}>
          {formatAge(model.updatedAt, now)}
        </time>
      </td>
    </tr>
  );
}
