import type { Model, Version } from "@cairn/core";
import { useNavigate } from "@tanstack/react-router";
import { Bookmark, Copy, Download, Ellipsis, FolderTree, Lock, PencilLine, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { versionFiles } from "../../parts/files/sources.ts";
import { AliasDialog } from "../../parts/versions/AliasDialog.tsx";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { DeleteVersionDialog, SealDialog } from "../../parts/versions/VersionDialogs.tsx";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { LabelDialog } from "./LabelDialog.tsx";
import { StageDialog } from "./StageDialog.tsx";
import { modelTexts } from "./texts.ts";

/** What can be done with one version. */
export function VersionActions({ model, version }: { readonly model: Model; readonly version: Version }) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const navigate = useNavigate();
  const { copy } = useVersionActions();
  const [open, setOpen] = useState<"alias" | "seal" | "delete" | "label" | "stage">();
  const close = () => setOpen(undefined);
  const isReadOnly = model.deletedAt !== null;
  const isDraft = version.state === "draft" && !isReadOnly;
  const ref = `${version.name}:${version.number}`;
  return (
    <>
      {version.files > 0 && (
        <LinkButton href={versionFiles(version.model, version.number).archiveUrl("")} download>
          <Download size={14} aria-hidden />
          {t.download}
        </LinkButton>
      )}
      {isDraft && (
        <Button look="primary" onClick={() => setOpen("seal")}>
          <Lock size={14} aria-hidden />
          {v.seal}
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={t.moreActions}>
            <Ellipsis size={17} aria-hidden />
          </IconButton>
        }
        entries={[
          {
            label: v.moveHere,
            icon: <Bookmark size={14} aria-hidden />,
            isDisabled: isReadOnly,
            onSelect: () => setOpen("alias"),
          },
          { label: v.copyRef(ref), icon: <Copy size={14} aria-hidden />, onSelect: () => void copy(ref) },
          {
            label: t.filesOf,
            icon: <FolderTree size={14} aria-hidden />,
            onSelect: () =>
              void navigate({
                to: "/files/$profile",
                params: { profile: model.name },
                search: { version: String(version.number) },
              }),
          },
          {
            label: t.editStage,
            icon: <PencilLine size={14} aria-hidden />,
            isDisabled: isReadOnly,
            onSelect: () => setOpen("stage"),
          },
          ...(isDraft
            ? [{ label: t.editLabel, icon: <PencilLine size={14} aria-hidden />, onSelect: () => setOpen("label") }]
            : []),
          "line",
          {
            label: `${v.delete}…`,
            icon: <Trash2 size={14} aria-hidden />,
            isDangerous: true,
            isDisabled: isReadOnly,
            onSelect: () => setOpen("delete"),
          },
        ]}
      />
      {open === "alias" && <AliasDialog model={model} number={version.number} onClose={close} />}
      {open === "seal" && <SealDialog version={version} onClose={close} />}
      {open === "label" && <LabelDialog version={version} onClose={close} />}
      {open === "stage" && <StageDialog model={model} version={version} onClose={close} />}
      {open === "delete" && (
        <DeleteVersionDialog
          version={version}
          onClose={close}
          onDone={() => navigate({ to: "/models/$model", params: { model: model.name } })}
        />
      )}
    </>
  );
}
