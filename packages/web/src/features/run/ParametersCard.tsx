import type { Parameter, Run } from "@cairn/core";
import { Copy, Search } from "lucide-react";
import { copyText } from "../../lib/copy-text.ts";
import { formatCount, formatValue } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { Card } from "../../ui/Card.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { SimpleTable } from "../../ui/SimpleTable.tsx";
import { tell } from "../../ui/Toasts.tsx";
import styles from "./cards.module.css";
import {
  flatKey,
  type ParameterGroup,
  parameterGroups,
  parametersAsJson,
  parametersAsLines,
} from "./parameter-groups.ts";
import { runPageTexts } from "./texts.ts";
import { useMore } from "./use-more.tsx";

export interface ParametersCardProps {
  readonly run: Run;
  readonly filter: string;
  readonly onFilter: (filter: string | undefined) => void;
}

/** The parameters by group, to be found and copied. */
export function ParametersCard({ run, filter, onFilter }: ParametersCardProps) {
  const t = useTexts(runPageTexts);
  const groups = parameterGroups(run.parameters, filter);
  const copy = async (text: string) => {
    await copyText(text);
    tell({ text: t.copied });
  };
  return (
    <Card
      title={t.parameters}
      count={formatCount(run.parameters.length)}
      actions={
        run.parameters.length > 0 && (
          <>
            <label className={styles.filter}>
              <Search size={13} aria-hidden />
              <input
                type="search"
                value={filter}
                placeholder={t.filterParameters}
                aria-label={t.filterParameters}
                onChange={({ target }) => onFilter(target.value || undefined)}
              />
            </label>
            <Menu
              trigger={
                <IconButton label={t.copy} size="small">
                  <Copy size={14} aria-hidden />
                </IconButton>
              }
              entries={[
                { label: t.copyJson, onSelect: () => void copy(parametersAsJson(groups)) },
                { label: t.copyLines, onSelect: () => void copy(parametersAsLines(groups)) },
              ]}
            />
          </>
        )
      }
    >
      {run.parameters.length === 0 && <p className={styles.soft}>{t.noParameters}</p>}
      {run.parameters.length > 0 && groups.length === 0 && <p className={styles.soft}>{t.noParametersFound}</p>}
      {groups.map((group) => (
        <Group key={group.group} group={group} isOnly={groups.length === 1 && group.group === ""} />
      ))}
    </Card>
  );
}

function Group({ group: { group, parameters }, isOnly }: { readonly group: ParameterGroup; readonly isOnly: boolean }) {
  const t = useTexts(runPageTexts);
  const { shown, moreButton } = useMore(parameters, 60);
  const title = group === "" ? t.noGroup : group;
  const table = (
    <>
      <SimpleTable
        label={title}
        isHeadHidden
        rows={shown}
        keyOf={({ key }) => key}
        columns={[
          {
            key: "key",
            label: t.key,
            width: "38%",
            isRowHeader: true,
            cell: ({ key }) => <span className={styles.key}>{key}</span>,
          },
          { key: "value", label: t.value, cell: (parameter) => <ParameterValue parameter={parameter} /> },
        ]}
      />
      {moreButton}
    </>
  );
  if (isOnly) return table;
  return (
    <details open className={styles.group}>
      <summary>
        {title} <span className={styles.faint}>{formatCount(parameters.length)}</span>
      </summary>
      {table}
    </details>
  );
}

function ParameterValue({ parameter }: { readonly parameter: Parameter }) {
  const t = useTexts(runPageTexts);
  const { value } = parameter;
  const isText = typeof value === "string";
  return (
    <span className={styles.value}>
      <span className={isText ? undefined : "mono"} data-type={typeof value}>
        {formatValue(value)}
      </span>
      <span className={styles.onPoint}>
        <CopyButton
          label={t.copyValue(flatKey(parameter))}
          copiedLabel={t.copied}
          text={isText ? value : JSON.stringify(value)}
          onCopy={copyText}
        />
      </span>
    </span>
  );
}
