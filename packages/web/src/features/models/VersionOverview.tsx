import type { Model, Version } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatBytes, formatCount, formatTime } from "../../lib/format.ts";
import { safeLink } from "../../lib/safe-link.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { EditableText } from "../../parts/versions/EditableText.tsx";
import { Facts } from "../../parts/versions/Facts.tsx";
import { TagEditor } from "../../parts/versions/TagEditor.tsx";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { metricValues } from "../../parts/versions/version-numbers.ts";
import { versionQueries } from "../../parts/versions/version-queries.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { BaselineSelect } from "./BaselineSelect.tsx";
import { baselineText, numberOfBaseline } from "./baseline.ts";
import { MetadataEditor } from "./MetadataEditor.tsx";
import styles from "./ModelPage.module.css";
import { modelTexts } from "./texts.ts";
import { ValuesTable } from "./ValuesTable.tsx";

/** What a version is: comment, metadata and metrics beside those of a baseline, and where it came from. */
export function VersionOverview({ model, version }: { readonly model: Model; readonly version: Version }) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const [search, change] = useAddress();
  const { refresh } = useVersionActions();
  const baseline = baselineText(model, search["baseline"], version.number);
  const number = numberOfBaseline(model, baseline);
  const isCompared = number !== undefined && number !== version.number;
  const other = useQuery({ ...versionQueries.version(model.id, String(number)), enabled: isCompared }).data;
  const compared = isCompared ? (other ?? undefined) : undefined;
  const runs = useQuery(versionQueries.runs([version.run, compared?.run].flatMap((run) => run ?? []))).data;
  const run = version.run === null ? undefined : runs?.get(version.run);
  const otherRun = compared?.run == null ? undefined : runs?.get(compared.run);
  const isReadOnly = model.deletedAt !== null;
  const update = async (input: Parameters<typeof server.versions.update>[2]) => {
    await server.versions.update(version.model, version.number, input);
    await refresh();
  };
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <section className={styles.section}>
          <h2>{t.comment}</h2>
          <EditableText
            label={t.comment}
            text={version.comment}
            placeholder={t.noComment}
            isReadOnly={isReadOnly}
            onSave={(comment) => update({ comment })}
          />
        </section>
        <section className={styles.section}>
          <div className={styles.head}>
            <h2>{t.metadata}</h2>
            <div className={styles.tools}>
              {version.state === "draft" && !isReadOnly && (
                <MetadataEditor metadata={version.metadata} onSave={(metadata) => update({ metadata })} />
              )}
              <BaselineSelect model={model} value={baseline} onChange={(value) => change({ baseline: value })} />
            </div>
          </div>
          <ValuesTable
            label={t.metadata}
            values={version.metadata}
            baseline={compared?.metadata}
            baselineName={compared === undefined ? undefined : t.was(String(compared.number))}
            empty={t.noMetadata}
          />
        </section>
        {run !== undefined && run.metrics.length > 0 && (
          <section className={styles.section}>
            <h2>{t.metrics}</h2>
            <ValuesTable
              label={t.metrics}
              values={metricValues(run.metrics)}
              baseline={otherRun === undefined ? undefined : metricValues(otherRun.metrics)}
              baselineName={otherRun === undefined ? undefined : t.was(String(compared?.number))}
              empty=""
            />
          </section>
        )}
      </div>
      <aside className={styles.aside}>
        <section className={styles.section}>
          <h2>{t.facts}</h2>
          <Facts
            rows={[
              [t.author, version.author || t.nobody],
              [t.created, formatTime(version.createdAt)],
              [t.sealedAt, version.sealedAt === null ? "" : formatTime(version.sealedAt)],
              [t.size, v.fileCount(formatCount(version.files), formatBytes(version.bytes))],
              [t.stage, version.stage],
              [
                t.run,
                version.run !== null && (
                  <Link to="/runs/$run" params={{ run: version.run }}>
                    {run?.name || version.run.slice(0, 8)}
                  </Link>
                ),
              ],
              [t.checkpoint, version.checkpoint],
              [
                t.source,
                (version.source ?? version.link) !== null && <SourceLink text={version.source} link={version.link} />,
              ],
            ]}
          />
        </section>
        <section className={styles.section}>
          <h2>{v.tags}</h2>
          <TagEditor
            tags={version.tags}
            isReadOnly={isReadOnly}
            onChange={(key, value) => update({ tags: { [key]: value } })}
          />
        </section>
      </aside>
    </div>
  );
}

/** Where it came from, in the words of whoever made it: a link only where one is safe. */
function SourceLink({ text, link }: { readonly text: string | null; readonly link: string | null }) {
  const url = safeLink(link ?? text ?? "");
  const words = text ?? link;
  return url === undefined ? (
    words
  ) : (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {words}
    </a>
  );
}
