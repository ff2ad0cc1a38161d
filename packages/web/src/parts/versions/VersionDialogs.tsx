import type { Version } from "@cairn/core";
import { formatBytes, formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { nameOfVersion } from "./name-of-version.ts";
import { useVersionActions } from "./use-version-actions.ts";
import { versionTexts } from "./version-texts.ts";

export interface VersionDialogProps {
  readonly version: Version;
  readonly onClose: () => void;
  /** After it was done, and before anything is read again: the way to another screen, if this one is about it. */
  readonly onDone?: (() => unknown) | undefined;
}

/** Asks before a draft is sealed: that cannot be undone. */
export function SealDialog({ version, onClose, onDone }: VersionDialogProps) {
  const t = useTexts(versionTexts);
  const { seal } = useVersionActions();
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t.sealTitle(nameOfVersion(version))}
      confirmLabel={t.seal}
      cancelLabel={t.cancel}
      problemOf={problemText}
      onConfirm={() => seal(version).then(onDone)}
    >
      <p>{t.sealText}</p>
      {version.files === 0 && <p>{t.sealEmpty}</p>}
    </ConfirmDialog>
  );
}

/** Asks before a version is deleted, and names what goes with it: that is real. */
export function DeleteVersionDialog({ version, onClose, onDone }: VersionDialogProps) {
  const t = useTexts(versionTexts);
  const { refresh, remove } = useVersionActions();
  const confirm = async () => {
    await remove(version);
    await onDone?.();
    void refresh();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t.deleteVersionTitle(nameOfVersion(version))}
      confirmLabel={t.delete}
      cancelLabel={t.cancel}
      isDangerous
      problemOf={problemText}
      onConfirm={confirm}
    >
      <p>{t.deleteVersionText(t.fileCount(formatCount(version.files), formatBytes(version.bytes)))}</p>
      {version.aliases.length > 0 && <p>{t.deleteAliases(version.aliases.join(", "))}</p>}
    </ConfirmDialog>
  );
}
