import type { Model, Version } from "@cairn/core";
import { useNavigate } from "@tanstack/react-router";
import { Box, Download, Ellipsis, IdCard, Layers, Lock, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useKeys } from "../../lib/keys.ts";
import { SERVER_URL } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { versionFiles } from "../../parts/files/sources.ts";
import { Facts } from "../../parts/versions/Facts.tsx";
import { NewVersionDialog } from "../../parts/versions/NewVersionDialog.tsx";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { DeleteVersionDialog, SealDialog } from "../../parts/versions/VersionDialogs.tsx";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { addressesOf, maskedKey, visibilityOf } from "./profile.ts";
import { filesTexts } from "./texts.ts";

export interface ProfileActionsProps {
  readonly model: Model;
  /** The chosen one. */
  readonly version: Version | undefined;
}

/** What can be done with a profile, and with the version that is looked at. */
export function ProfileActions({ model, version }: ProfileActionsProps) {
  const t = useTexts(filesTexts);
  const v = useTexts(versionTexts);
  const navigate = useNavigate();
  const { refresh } = useVersionActions();
  const [open, setOpen] = useState<"version" | "seal" | "delete" | "registration">();
  const close = () => setOpen(undefined);
  const isReadOnly = model.deletedAt !== null;
  useKeys(t.files, isReadOnly ? {} : { n: { label: v.newVersion, run: () => setOpen("version") } });
  const choose = (number: number | undefined) =>
    navigate({
      to: "/files/$profile",
      params: { profile: model.name },
      search: { version: number === undefined ? undefined : String(number) },
    });
  return (
    <>
      {version !== undefined && version.files > 0 && (
        <LinkButton href={versionFiles(version.model, version.number).archiveUrl("")} download>
          <Download size={14} aria-hidden />
          {t.downloadZip}
        </LinkButton>
      )}
      {version?.state === "draft" && !isReadOnly && (
        <Button onClick={() => setOpen("seal")}>
          <Lock size={14} aria-hidden />
          {v.seal}
        </Button>
      )}
      {!isReadOnly && (
        <Button onClick={() => setOpen("version")}>
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
        entries={[
          {
            label: t.toModel,
            icon: <Box size={14} aria-hidden />,
            onSelect: () => void navigate({ to: "/models/$model", params: { model: model.name } }),
          },
          ...(version === undefined
            ? []
            : [
                {
                  label: t.toVersion,
                  icon: <Layers size={14} aria-hidden />,
                  onSelect: () =>
                    void navigate({
                      to: "/models/$model/versions/$version",
                      params: { model: model.name, version: String(version.number) },
                    }),
                },
              ]),
          { label: t.registration, icon: <IdCard size={14} aria-hidden />, onSelect: () => setOpen("registration") },
          ...(version === undefined || isReadOnly
            ? []
            : [
                "line" as const,
                {
                  label: t.deleteVersion,
                  icon: <Trash2 size={14} aria-hidden />,
                  isDangerous: true,
                  onSelect: () => setOpen("delete"),
                },
              ]),
        ]}
      />
      {open === "version" && (
        <NewVersionDialog
          model={model}
          onClose={close}
          onDone={({ number }) => {
            void refresh();
            void choose(number);
          }}
        />
      )}
      {open === "seal" && version !== undefined && <SealDialog version={version} onClose={close} />}
      {open === "delete" && version !== undefined && (
        <DeleteVersionDialog version={version} onClose={close} onDone={() => choose(undefined)} />
      )}
      <Dialog isOpen={open === "registration"} onClose={close} title={t.registration} closeLabel={v.close}>
        <Facts
          rows={[
            ...addressesOf(model, SERVER_URL).map(([name, url]) => [name, <code key={name}>{url}</code>] as const),
            [t.key, maskedKey(model)],
            [t.visibility, t[visibilityOf(model)]],
          ]}
        />
      </Dialog>
    </>
  );
}
