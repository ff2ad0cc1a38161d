import type { Model } from "@cairn/core";
import { useNavigate } from "@tanstack/react-router";
import { Copy, Ellipsis, FolderTree, PencilLine, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../lib/format.ts";
import { useKeys } from "../../lib/keys.ts";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { NewVersionDialog } from "../../parts/versions/NewVersionDialog.tsx";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { modelTexts } from "./texts.ts";

/** What can be done with a model as a whole. */
export function ModelActions({ model }: { readonly model: Model }) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const navigate = useNavigate();
  const { attempt, copy } = useVersionActions();
  const [open, setOpen] = useState<"version" | "rename" | "purge">();
  const [name, setName] = useState(model.name);
  const close = () => setOpen(undefined);
  const isDeleted = model.deletedAt !== null;
  useKeys(t.model, isDeleted ? {} : { n: { label: v.newVersion, run: () => setOpen("version") } });
  const remove = async () => {
    if (!(await attempt(() => server.models.delete(model.id)))) return;
    const restore = () => void attempt(() => server.models.restore(model.id));
    tell({ text: t.wasDeleted(model.name), action: { label: v.undo, run: restore } });
  };
  const rename = async () => {
    const renamed = await server.models.update(model.id, { name: name.trim() });
    tell({ text: t.wasRenamed(renamed.name) });
    await navigate({ to: "/models/$model", params: { model: renamed.name }, replace: true });
  };
  const purge = async () => {
    await server.models.purge(model.id);
    tell({ text: t.wasPurged(model.name) });
    await navigate({ to: "/models" });
  };
  const entries = [
    { label: t.copyName, icon: <Copy size={14} aria-hidden />, onSelect: () => void copy(model.name) },
    {
      label: t.filesOf,
      icon: <FolderTree size={14} aria-hidden />,
      onSelect: () => void navigate({ to: "/files/$profile", params: { profile: model.name } }),
    },
  ];
  const remaining = isDeleted
    ? [
        "line" as const,
        {
          label: t.purge,
          icon: <Trash2 size={14} aria-hidden />,
          isDangerous: true,
          onSelect: () => setOpen("purge"),
        },
      ]
    : [
        {
          label: t.rename,
          icon: <PencilLine size={14} aria-hidden />,
          onSelect: () => {
            setName(model.name);
            setOpen("rename");
          },
        },
        "line" as const,
        {
          label: t.deleteModel,
          icon: <Trash2 size={14} aria-hidden />,
          isDangerous: true,
          onSelect: () => void remove(),
        },
      ];
  return (
    <>
      {!isDeleted && (
        <Button look="primary" onClick={() => setOpen("version")}>
          <Plus size={15} aria-hidden />
          {v.newVersion}
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={t.moreActions}>
            <Ellipsis size={17} aria-hidden />
          </IconButton>
        }
        entries={[...entries, ...remaining]}
      />
      {open === "version" && (
        <NewVersionDialog
          model={model}
          onClose={close}
          onDone={({ number }) =>
            void navigate({
              to: "/models/$model/versions/$version",
              params: { model: model.name, version: String(number) },
            })
          }
        />
      )}
      {open === "rename" && (
        <ConfirmDialog
          isOpen
          onClose={close}
          title={t.renameTitle(model.name)}
          confirmLabel={v.save}
          cancelLabel={v.cancel}
          isDisabled={name.trim() === "" || name.trim() === model.name}
          problemOf={problemText}
          onConfirm={rename}
        >
          <Field
            label={t.name}
            help={t.renameHelp}
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoFocus
          />
        </ConfirmDialog>
      )}
      {open === "purge" && (
        <ConfirmDialog
          isOpen
          onClose={close}
          title={t.purgeTitle(model.name)}
          confirmLabel={v.delete}
          cancelLabel={v.cancel}
          isDangerous
          problemOf={problemText}
          onConfirm={purge}
        >
          <p>{t.purgeText(formatCount(model.versions))}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
