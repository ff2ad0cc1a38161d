import type { Model } from "@cairn/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field, TextArea } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { useVersionActions } from "./use-version-actions.ts";
import { versionQueries } from "./version-queries.ts";
import { versionTexts } from "./version-texts.ts";

export interface AliasDialogProps {
  readonly model: Model;
  /** Left out: it is chosen or named in the dialog. */
  readonly alias?: string | undefined;
  /** Where to; chosen in the dialog when left out. */
  readonly number?: number | undefined;
  readonly onClose: () => void;
}

/** Which alias, where to, and why. What is known already is not asked for first, but may still be changed. */
export function AliasDialog({ model, alias, number, onClose }: AliasDialogProps) {
  const t = useTexts(versionTexts);
  const { setAlias } = useVersionActions();
  const [name, setName] = useState(alias ?? "");
  const [target, setTarget] = useState(number);
  const [reason, setReason] = useState("");
  const { data } = useInfiniteQuery(versionQueries.versions(model.id));
  const known = useId();
  const versions = (data?.pages ?? []).flatMap(({ items }) => items);
  const now = model.aliases[name.trim()];
  const chosen = target ?? versions.find((version) => version.number !== now)?.number;
  const numbers = versions.map((version) => ({
    value: String(version.number),
    label: version.label === null ? `${version.number}` : `${version.number} · ${version.label}`,
  }));
  if (chosen !== undefined && !numbers.some(({ value }) => value === String(chosen))) {
    numbers.unshift({ value: String(chosen), label: String(chosen) });
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={alias === undefined ? t.setAliasTitle : t.moveAliasTitle(alias)}
      confirmLabel={t.setAlias}
      cancelLabel={t.cancel}
      isDisabled={name.trim() === "" || chosen === undefined}
      problemOf={problemText}
      onConfirm={() => setAlias(model, name.trim(), chosen ?? 0, reason.trim())}
    >
      {alias === undefined && (
        <>
          <Field
            label={t.alias}
            help={
              name.trim() === ""
                ? t.aliasHelp
                : `${name.trim()} ${now === undefined ? t.pointsNowhere : t.pointsAt(now)}`
            }
            value={name}
            onChange={(event) => setName(event.target.value)}
            list={known}
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
          <datalist id={known}>
            {Object.keys(model.aliases).map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </>
      )}
      <Select
        label={t.target}
        value={chosen === undefined ? "" : String(chosen)}
        options={numbers}
        onChange={(value) => setTarget(Number(value))}
      />
      <TextArea
        label={t.reason}
        help={t.reasonHelp}
        value={reason}
        maxLength={2000}
        onChange={(event) => setReason(event.target.value)}
        autoFocus={alias !== undefined}
      />
    </ConfirmDialog>
  );
}
