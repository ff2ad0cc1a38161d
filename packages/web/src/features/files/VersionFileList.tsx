import type { Model, Version } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { FileX, Filter, FolderOpen } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { formatBytes, formatCount } from "../../lib/format.ts";
import { useKeys } from "../../lib/keys.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { DropZone } from "../../parts/uploads/DropZone.tsx";
import type { FoundFile } from "../../parts/uploads/dropped-files.ts";
import { UploadMenu, type UploadMenuHandle } from "../../parts/uploads/UploadMenu.tsx";
import { UploadPanel } from "../../parts/uploads/UploadPanel.tsx";
import { uploadTexts } from "../../parts/uploads/upload-texts.ts";
import { uploadInto } from "../../parts/uploads/version-uploads.ts";
import { SearchField } from "../../parts/versions/SearchField.tsx";
import { MAX_FILES, versionQueries } from "../../parts/versions/version-queries.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { FileTable } from "./FileTable.tsx";
import { FolderPath } from "./FolderPath.tsx";
import { parseFilesAddress } from "./files-address.ts";
import { listFolder } from "./list-folder.ts";
import { PushSnippet } from "./PushSnippet.tsx";
import { filesTexts } from "./texts.ts";
import styles from "./VersionFileList.module.css";

/** So many rows are shown at first, and with each "more". */
const ROWS = 500;

/** The files of a version: a folder at a time, or all that a glob chooses; a draft takes what is dropped here. */
export function VersionFileList({ model, version }: { readonly model: Model; readonly version: Version }) {
  const t = useTexts(filesTexts);
  const u = useTexts(uploadTexts);
  const v = useTexts(versionTexts);
  const [search, change] = useAddress();
  const address = parseFilesAddress(search);
  const { folder, glob, sort, isDescending } = address;
  const [limit, setLimit] = useState(ROWS);
  const filter = useRef<HTMLInputElement>(null);
  const upload = useRef<UploadMenuHandle>(null);
  const { data, error, isPending, refetch } = useQuery(versionQueries.manifest(version.model, version.number));
  const files = data?.files;
  const rows = useMemo(
    () => listFolder(files ?? [], { folder, glob, sort, isDescending }),
    [files, folder, glob, sort, isDescending],
  );
  const isWritable = version.state === "draft" && model.deletedAt === null;
  const add = (found: readonly FoundFile[]) => uploadInto(version, folder, found);
  const openFolder = (path: string) => change({ path: path || undefined, glob: undefined }, "push");
  useKeys(t.files, {
    "/": { label: t.glob, run: () => filter.current?.focus() },
    ...(isWritable ? { u: { label: u.upload, run: () => upload.current?.chooseFiles() } } : {}),
    backspace: { label: "..", run: () => openFolder(folder.split("/").slice(0, -1).join("/")) },
  });
  const bytes = rows.reduce((sum, { size }) => sum + size, 0);
  const count = rows.reduce((sum, row) => sum + row.files, 0);
  return (
    <DropZone where={folder === "" ? u.top : folder} onFiles={add} isDisabled={!isWritable}>
      <div className={styles.tools}>
        <SearchField
          ref={filter}
          label={t.glob}
          icon={<Filter size={14} aria-hidden />}
          text={glob}
          onText={(text) => change({ glob: text || undefined })}
        />
        <span className={styles.soft} title={t.globHelp}>
          {files !== undefined && files.length > 0 && t.total(formatCount(count), formatBytes(bytes))}
        </span>
        {isWritable ? <UploadMenu ref={upload} onFiles={add} /> : <span className={styles.soft}>{t.readOnly}</span>}
      </div>
      <UploadPanel target={version} />
      {error !== null && (
        <Problem title={t.loadFailed} detail={problemText(error)} retryLabel={v.retry} onRetry={() => void refetch()} />
      )}
      {isPending && <Skeleton height="220px" />}
      {files?.length === 0 && (
        <EmptyState title={t.empty} icon={<FolderOpen size={28} aria-hidden />}>
          <p>{isWritable ? t.emptyText : t.emptySealed}</p>
          {isWritable && <PushSnippet name={model.name} version={version.label ?? String(version.number)} />}
        </EmptyState>
      )}
      {files !== undefined && files.length > 0 && (
        <>
          <FolderPath folder={folder} onFolder={openFolder} />
          {rows.length === 0 ? (
            <EmptyState title={glob === "" ? t.emptyFolder : t.noMatch(glob)} icon={<FileX size={26} aria-hidden />}>
              {glob !== "" && <Button onClick={() => change({ glob: undefined })}>{t.clearGlob}</Button>}
            </EmptyState>
          ) : (
            <FileTable
              version={version}
              rows={rows.slice(0, limit)}
              all={files}
              sort={sort}
              isDescending={isDescending}
              isWritable={isWritable}
              onFolder={openFolder}
              onSort={(next) =>
                change({
                  sort: next === "name" ? undefined : next,
                  desc: next === sort && !isDescending ? "1" : undefined,
                })
              }
            />
          )}
          {rows.length > limit && (
            <div>
              <Button onClick={() => setLimit(limit + ROWS)}>{t.more}</Button>
            </div>
          )}
          {data?.isCut && <p className={styles.soft}>{t.cut(formatCount(MAX_FILES))}</p>}
        </>
      )}
    </DropZone>
  );
}
