import type { Model, Run, Version } from "@cairn/core";
import { useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { AliasDialog } from "../../parts/versions/AliasDialog.tsx";
import { DeleteVersionDialog, SealDialog } from "../../parts/versions/VersionDialogs.tsx";
import { fieldText, type VersionField } from "../../parts/versions/version-numbers.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import { modelTexts } from "./texts.ts";
import { type VersionRequest, VersionRow } from "./VersionRow.tsx";
import styles from "./VersionsTable.module.css";

export interface VersionsTableProps {
  readonly model: Model;
  readonly versions: readonly Version[];
  readonly runs: ReadonlyMap<string, Run>;
  readonly fields: readonly VersionField[];
  readonly baseline: Version | undefined;
}

/** Versions as rows; an alias that is dragged onto a row is asked to move there. */
export function VersionsTable({ model, versions, runs, fields, baseline }: VersionsTableProps) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const [request, setRequest] = useState<VersionRequest>();
  const close = () => setRequest(undefined);
  return (
    <ScrollBox label={t.versions}>
      <table className={styles.table}>
        <caption className="visually-hidden">{t.versions}</caption>
        <thead>
          <tr>
            <th scope="col">{t.number}</th>
            <th scope="col">{v.aliases}</th>
            {fields.map((field) => (
              <th
                key={fieldText(field)}
                scope="col"
                data-align="end"
                title={field.kind === "metric" ? t.metrics : t.metadata}
              >
                {field.key}
              </th>
            ))}
            <th scope="col">{t.source}</th>
            <th scope="col" data-align="end">
              {t.size}
            </th>
            <th scope="col" className={styles.menu}>
              <span className="visually-hidden">{t.moreActions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <VersionRow
              key={version.number}
              model={model}
              version={version}
              runs={runs}
              fields={fields}
              baseline={baseline}
              onRequest={setRequest}
            />
          ))}
        </tbody>
      </table>
      {request?.kind === "alias" && (
        <AliasDialog model={model} alias={request.alias} number={request.version.number} onClose={close} />
      )}
      {request?.kind === "seal" && <SealDialog version={request.version} onClose={close} />}
      {request?.kind === "delete" && <DeleteVersionDialog version={request.version} onClose={close} />}
    </ScrollBox>
  );
}
