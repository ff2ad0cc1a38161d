import type { Run } from "@cairn/core";
import { Trash2, Upload } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { FileBrowser } from "../../parts/files/FileBrowser.tsx";
import { runFiles } from "../../parts/files/sources.ts";
import { DropZone } from "../../parts/uploads/DropZone.tsx";
import { chosenFiles } from "../../parts/uploads/dropped-files.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import styles from "./ArtifactsTab.module.css";
import type { RunView } from "./run-view.ts";
import { runPageTexts } from "./texts.ts";
import { useArtifactChanges } from "./use-artifact-changes.ts";

export interface ArtifactsTabProps {
  readonly run: Run;
  readonly view: RunView;
  readonly onView: (change: Readonly<Record<string, string | undefined>>, how?: "push") => void;
}

/** The run's files, which can be added to by dropping some more. */
export function ArtifactsTab({ run, view, onView }: ArtifactsTabProps) {
  const t = useTexts(runPageTexts);
  const source = useMemo(() => runFiles(run.id), [run.id]);
  const picker = useRef<HTMLInputElement>(null);
  const [leaving, setLeaving] = useState<string>();
  const { progress, upload, removeFile, removeFolder } = useArtifactChanges(run.id);
  const isFixed = run.deletedAt !== null;
  const onPath = (path: string, revision?: number) =>
    onView({ path: path || undefined, rev: revision === undefined ? undefined : String(revision) }, "push");
  const folder = view.path.slice(0, view.path.lastIndexOf("/") + 1);
  const uploadButton = (
    <Button size="small" onClick={() => picker.current?.click()} disabled={progress !== undefined}>
      <Upload size={14} aria-hidden />
      {progress === undefined ? t.upload : t.uploading(formatCount(progress.done), formatCount(progress.all))}
    </Button>
  );
  return (
    <DropZone
      where={folder === "" ? t.artifacts : folder}
      isDisabled={isFixed || progress !== undefined}
      onFiles={(files) => void upload(files, folder)}
    >
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          void upload(chosenFiles(target.files), folder);
          target.value = "";
        }}
      />
      <FileBrowser
        source={source}
        path={view.path}
        revision={view.revision}
        onPath={onPath}
        empty={
          <EmptyState title={isFixed ? t.noFilesDeleted : t.noFilesTitle}>
            {!isFixed && (
              <>
                <p>{t.noFilesText}</p>
                <p className={styles.start}>{uploadButton}</p>
              </>
            )}
          </EmptyState>
        }
        actions={(path) =>
          !isFixed && (
            <>
              {path !== "" && (
                <IconButton
                  label={path.endsWith("/") ? t.deleteFolder : t.deleteFile}
                  size="small"
                  onClick={() => {
                    if (path.endsWith("/")) setLeaving(path.slice(0, -1));
                    else void removeFile(source, path).then((isGone) => isGone && onPath(folder));
                  }}
                >
                  <Trash2 size={14} aria-hidden />
                </IconButton>
              )}
              {(path === "" || path.endsWith("/")) && uploadButton}
            </>
          )
        }
      />
      <ConfirmDialog
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t.deleteFolderTitle(leaving ?? "")}
        confirmLabel={t.deleteFolder}
        cancelLabel={t.cancel}
        isDangerous
        problemOf={problemText}
        onConfirm={async () => {
          if (leaving === undefined) return;
          await removeFolder(leaving);
          onPath(leaving.slice(0, leaving.lastIndexOf("/") + 1));
        }}
      >
        <p>{t.deleteFolderText}</p>
      </ConfirmDialog>
      <span className="visually-hidden" role="status">
        {progress !== undefined && t.uploading(formatCount(progress.done), formatCount(progress.all))}
      </span>
    </DropZone>
  );
}
