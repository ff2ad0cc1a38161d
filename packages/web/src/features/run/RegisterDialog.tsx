import type { Run } from "@cairn/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { queries } from "../../lib/queries.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { folderQuery } from "../../parts/files/folder-query.ts";
import { runFiles } from "../../parts/files/sources.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field, TextArea } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { tell } from "../../ui/Toasts.tsx";
import styles from "./RegisterDialog.module.css";
import { type Origin, type Registration, registerRun } from "./register.ts";
import { registerTexts } from "./register-texts.ts";
import { runQueries } from "./run-queries.ts";

export interface RegisterDialogProps {
  readonly run: Run;
  readonly onClose: () => void;
}

/** So many checkpoints are offered, the newest. */
const MOST_CHECKPOINTS = 200;

/** Makes a version of a model from what the run left. */
export function RegisterDialog({ run, onClose }: RegisterDialogProps) {
  const t = useTexts(registerTexts);
  const client = useQueryClient();
  const navigate = useNavigate();
  const list = useId();
  const { data: experiment } = useQuery(queries.experiment(run.experiment));
  const project = experiment?.project ?? "default";
  const { data: models } = useQuery(queries.models({ project, limit: 500, lifecycle: "all" }));
  const { data: root } = useQuery(folderQuery(runFiles(run.id), ""));
  const { data: lineage } = useQuery(runQueries.lineage(run.id));
  const left = lineage?.outputs.map(({ checkpoint }) => checkpoint).toReversed() ?? [];
  const [form, setForm] = useState<Registration>({
    model: "",
    origin: "",
    label: "",
    alias: "",
    comment: "",
    withMetrics: run.metrics.length > 0,
    isSealed: true,
  });
  const edit = (change: Partial<Registration>) => setForm({ ...form, ...change });

  const folders = (root?.entries ?? []).filter(({ isFolder }) => isFolder);
  const hasFiles = root === undefined || root.entries.length > 0;
  const origin: Origin = !hasFiles && form.origin === "" ? "none" : form.origin;
  const known = models?.items.find(({ name }) => name === form.model.trim());
  const isTaken = known !== undefined && known.deletedAt !== null;
  const modelHelp =
    form.model.trim() === "" ? t.modelHelp : known === undefined ? t.modelHelpNew : t.modelHelpOld(known.versions);

  const register = async () => {
    const { model, version } = await registerRun(server, run, project, { ...form, origin }, known);
    const alias = form.alias.trim();
    if (alias !== "") {
      await server.models
        .setAlias(model.id, alias, version.number)
        .catch((error: unknown) => tell({ text: t.aliasFailed(alias), detail: problemText(error), look: "bad" }));
    }
    void client.invalidateQueries({ queryKey: ["models"] });
    void client.invalidateQueries({ queryKey: ["versions"] });
    tell({
      text: t.registered(model.name, version.number),
      action: {
        label: t.open,
        run: () =>
          void navigate({
            to: "/models/$model/versions/$version",
            params: { model: model.name, version: String(version.number) },
          }),
      },
    });
  };

  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t.registerTitle}
      confirmLabel={t.registerGo}
      cancelLabel={t.cancel}
      isDisabled={form.model.trim() === "" || isTaken}
      problemOf={problemText}
      onConfirm={register}
    >
      <Field
        label={t.modelName}
        value={form.model}
        onChange={(event) => edit({ model: event.target.value })}
        help={modelHelp}
        problem={isTaken ? t.modelDeleted : undefined}
        list={list}
        autoComplete="off"
        spellCheck={false}
        autoFocus
      />
      <datalist id={list}>
        {models?.items
          .filter(({ deletedAt }) => deletedAt === null)
          .map(({ id, name }) => (
            <option key={id} value={name} />
          ))}
      </datalist>
      <div>
        <Select
          label={t.origins}
          value={origin}
          onChange={(value) => edit({ origin: value as Origin })}
          options={[
            ...(hasFiles ? [{ value: "", label: t.wholeRun }] : []),
            ...folders.map(({ path }) => ({ value: `folder:${path}`, label: t.folder(path) })),
            ...[...left, ...(lineage?.used ?? [])].slice(0, MOST_CHECKPOINTS).map(({ id, name }) => ({
              value: `checkpoint:${id}`,
              label: t.fromCheckpoint(name),
            })),
            { value: "none", label: t.noOrigin },
          ]}
        />
        <p className={styles.help}>{t.originHelp}</p>
      </div>
      <div className={styles.pair}>
        <Field
          label={t.versionLabel}
          value={form.label}
          onChange={(event) => edit({ label: event.target.value })}
          help={t.versionLabelHelp}
          autoComplete="off"
        />
        <Field
          label={t.alias}
          value={form.alias}
          onChange={(event) => edit({ alias: event.target.value })}
          help={t.aliasHelp}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <TextArea
        label={t.comment}
        rows={2}
        style={{ minHeight: 58 }}
        value={form.comment}
        onChange={(event) => edit({ comment: event.target.value })}
      />
      {run.metrics.length > 0 && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={form.withMetrics}
            onChange={({ target }) => edit({ withMetrics: target.checked })}
          />
          {t.withMetrics}
        </label>
      )}
      <label className={styles.check}>
        <input type="checkbox" checked={form.isSealed} onChange={({ target }) => edit({ isSealed: target.checked })} />
        {t.sealed}
      </label>
    </ConfirmDialog>
  );
}
