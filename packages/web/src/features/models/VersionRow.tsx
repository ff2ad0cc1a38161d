import type { Json, Model, Run, Version } from "@cairn/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { Bookmark, Download, Ellipsis, GitCompareArrows, Lock, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { formatAge, formatBytes, formatNumber, formatTime, formatValue } from "../../lib/format.ts";
import { formatChange } from "../../lib/format-change.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { versionFiles } from "../../parts/files/sources.ts";
import { AliasChips } from "../../parts/versions/AliasChips.tsx";
import { ALIAS_DRAG_TYPE } from "../../parts/versions/alias-drag.ts";
import { relativeChange } from "../../parts/versions/compare-values.ts";
import { VersionState } from "../../parts/versions/VersionState.tsx";
import { fieldText, fieldValue, type VersionField } from "../../parts/versions/version-numbers.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { modelTexts } from "./texts.ts";
import styles from "./VersionsTable.module.css";

/** A dialog that a row asks for. */
export type VersionRequest =
  | { readonly kind: "alias"; readonly version: Version; readonly alias?: string | undefined }
  | { readonly kind: "seal" | "delete"; readonly version: Version };

export interface VersionRowProps {
  readonly model: Model;
  readonly version: Version;
  readonly runs: ReadonlyMap<string, Run>;
  readonly fields: readonly VersionField[];
  readonly baseline: Version | undefined;
  readonly onRequest: (request: VersionRequest) => void;
}

export function VersionRow(props: VersionRowProps) {
  const { model, version, runs, fields, baseline, onRequest } = props;
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const now = useNow();
  const [isTarget, setTarget] = useState(false);
  const run = version.run === null ? undefined : runs.get(version.run);
  const baselineRun = baseline?.run == null ? undefined : runs.get(baseline.run);
  const isBaseline = baseline?.number === version.number;
  const isReadOnly = model.deletedAt !== null;
  const params = { model: model.name, version: String(version.number) };
  return (
    <tr
      data-target={isTarget || undefined}
      onDragOver={(event) => {
        if (isReadOnly || !event.dataTransfer.types.includes(ALIAS_DRAG_TYPE)) return;
        event.preventDefault();
        setTarget(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setTarget(false);
      }}
      onDrop={(event) => {
        setTarget(false);
        const alias = event.dataTransfer.getData(ALIAS_DRAG_TYPE);
        if (alias === "" || version.aliases.includes(alias)) return;
        event.preventDefault();
        onRequest({ kind: "alias", version, alias });
      }}
    >
      <th scope="row" className={styles.version}>
        <span className={styles.line}>
          <Link to="/models/$model/versions/$version" params={params} className={styles.number}>
            {version.number}
            {version.label !== null && <span className={styles.label}> · {version.label}</span>}
          </Link>
          {version.state === "draft" && <VersionState state="draft" />}
          {isBaseline && <Badge look="info">{t.baselineMark}</Badge>}
        </span>
        {version.comment !== "" && (
          <span className={styles.comment} title={version.comment}>
            {version.comment}
          </span>
        )}
      </th>
      <td>
        <div className={styles.aliases}>
          <AliasChips
            model={model}
            aliases={version.aliases}
            isLatest={model.latest === version.number}
            isMovable={!isReadOnly}
          />
          {version.stage !== "" && <Badge look="info">{version.stage}</Badge>}
          {!isReadOnly && (
            <IconButton
              size="small"
              className={styles.add}
              label={v.addAliasTo(version.number)}
              onClick={() => onRequest({ kind: "alias", version })}
            >
              <Plus size={13} aria-hidden />
            </IconButton>
          )}
        </div>
      </td>
      {fields.map((field) => (
        <td key={fieldText(field)} data-align="end">
          <Compared
            value={fieldValue(field, version, run)}
            baseline={baseline === undefined || isBaseline ? undefined : fieldValue(field, baseline, baselineRun)}
          />
        </td>
      ))}
      <td className={styles.made}>
        {version.run !== null && (
          <Link to="/runs/$run" params={{ run: version.run }} className={styles.run} title={run?.name ?? version.run}>
            {run?.name || version.run.slice(0, 8)}
          </Link>
        )}
        <span className={styles.comment}>
          {version.author !== "" && `${version.author} · `}
          <time dateTime={new Date(version.createdAt).toISOString()} title={formatTime(version.createdAt, "seconds")}>
            {formatAge(version.createdAt, now)}
          </time>
        </span>
      </td>
      <td data-align="end" className={styles.soft}>
        {version.files === 0 ? "–" : formatBytes(version.bytes)}
      </td>
      <td className={styles.menu}>
        <RowMenu {...props} />
      </td>
    </tr>
  );
}

function Compared({ value, baseline }: { readonly value: Json | undefined; readonly baseline: Json | undefined }) {
  if (value === undefined) return <span className={styles.none}>–</span>;
  const change = relativeChange(value, baseline);
  const text = formatValue(value);
  return (
    <>
      <span className={styles.value} title={text}>
        {typeof value === "number" ? formatNumber(value) : text}
      </span>
      {change !== undefined && <span className={styles.change}>{formatChange(change)}</span>}
    </>
  );
}

function RowMenu({ model, version, baseline, onRequest }: VersionRowProps) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const navigate = useNavigate();
  const isReadOnly = model.deletedAt !== null;
  const other = baseline !== undefined && baseline.number !== version.number ? baseline.number : undefined;
  return (
    <Menu
      trigger={
        <IconButton size="small" label={t.rowActions(version.number)}>
          <Ellipsis size={15} aria-hidden />
        </IconButton>
      }
      entries={[
        {
          label: v.moveHere,
          icon: <Bookmark size={14} aria-hidden />,
          isDisabled: isReadOnly,
          onSelect: () => onRequest({ kind: "alias", version }),
        },
        ...(other === undefined
          ? []
          : [
              {
                label: t.compareWith(v.version(other)),
                icon: <GitCompareArrows size={14} aria-hidden />,
                onSelect: () =>
                  void navigate({
                    to: "/models/$model/versions/$version",
                    params: { model: model.name, version: String(version.number) },
                    search: { compare: String(other) },
                  }),
              },
            ]),
        {
          label: t.download,
          icon: <Download size={14} aria-hidden />,
          isDisabled: version.files === 0,
          onSelect: () => location.assign(versionFiles(version.model, version.number).archiveUrl("")),
        },
        ...(version.state === "draft" && !isReadOnly
          ? [
              {
                label: `${v.seal}…`,
                icon: <Lock size={14} aria-hidden />,
                onSelect: () => onRequest({ kind: "seal", version }),
              },
            ]
          : []),
        "line",
        {
          label: `${v.delete}…`,
          icon: <Trash2 size={14} aria-hidden />,
          isDangerous: true,
          isDisabled: isReadOnly,
          onSelect: () => onRequest({ kind: "delete", version }),
        },
      ]}
    />
  );
}
