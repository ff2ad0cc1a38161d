import type { Artifact, Version } from "@cairn/core";
import { Copy, Download, Ellipsis, Trash2 } from "lucide-react";
import { formatCount } from "../../lib/format.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { versionFiles } from "../../parts/files/sources.ts";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { md5Of, type Row } from "./list-folder.ts";
import { filesTexts } from "./texts.ts";

export interface FileMenuProps {
  readonly version: Version;
  readonly row: Row;
  readonly all: readonly Artifact[];
  readonly isWritable: boolean;
}

/** What can be done with a file or a folder. */
export function FileMenu({ version, row, all, isWritable }: FileMenuProps) {
  const t = useTexts(filesTexts);
  const v = useTexts(versionTexts);
  const { attempt, copy } = useVersionActions();
  const { model, number } = version;
  const source = versionFiles(model, number);
  const md5 = row.file === undefined ? undefined : md5Of(row.file);
  const digest = row.file?.digest;

  /** The bytes stay on the server for a while, so that naming them again brings a file back. */
  const restore = async (gone: readonly Artifact[]) => {
    for (const { path, digest, contentType, descriptor } of gone) {
      await server.versionFiles.link(model, number, path, digest, { contentType, descriptor });
    }
  };
  const remove = async () => {
    const gone = row.file === undefined ? all.filter(({ path }) => path.startsWith(`${row.path}/`)) : [row.file];
    if (!(await attempt(() => server.versionFiles.delete(model, number, row.path)))) return;
    tell({
      text: row.isFolder ? t.wereDeleted(row.path, formatCount(gone.length)) : t.wasDeleted(row.path),
      action: { label: v.undo, run: () => void attempt(() => restore(gone)) },
    });
  };
  return (
    <Menu
      trigger={
        <IconButton size="small" label={t.actionsOf(row.name)}>
          <Ellipsis size={15} aria-hidden />
        </IconButton>
      }
      entries={[
        {
          label: row.isFolder ? t.downloadFolder : t.download,
          icon: <Download size={14} aria-hidden />,
          onSelect: () => location.assign(row.isFolder ? source.archiveUrl(row.path) : source.url(row.path)),
        },
        { label: t.copyPath, icon: <Copy size={14} aria-hidden />, onSelect: () => void copy(row.path) },
        ...(digest === undefined
          ? []
          : [{ label: t.copyHash, icon: <Copy size={14} aria-hidden />, onSelect: () => void copy(digest) }]),
        ...(md5 === undefined
          ? []
          : [{ label: t.copyMd5, icon: <Copy size={14} aria-hidden />, onSelect: () => void copy(md5) }]),
        ...(isWritable
          ? [
              "line" as const,
              {
                label: t.delete,
                icon: <Trash2 size={14} aria-hidden />,
                isDangerous: true,
                onSelect: () => void remove(),
              },
            ]
          : []),
      ]}
    />
  );
}
