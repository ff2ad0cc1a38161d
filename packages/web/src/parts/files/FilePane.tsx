import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { copyText } from "../../lib/copy-text.ts";
import { formatBytes, formatTime } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Segments } from "../../ui/Segments.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import styles from "./FilePane.module.css";
import { FilePreview } from "./FilePreview.tsx";
import type { FileSource } from "./file-source.ts";
import { type LoadedFile, loadFile } from "./load-file.ts";
import { PathLine } from "./PathLine.tsx";
import { RevisionMenu } from "./RevisionMenu.tsx";
import { fileTexts } from "./texts.ts";

export interface FilePaneProps {
  readonly source: FileSource;
  readonly path: string;
  readonly revision?: number | undefined;
  readonly onPath: (path: string, revision?: number) => void;
  readonly actions?: ((path: string) => ReactNode) | undefined;
}

/** One file: what is known of it, what can be done with it, what is in it. */
export function FilePane({ source, path, revision, onPath, actions }: FilePaneProps) {
  const t = useTexts(fileTexts);
  const [isSource, setSource] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: [...source.key, "file", path, revision ?? null],
    queryFn: () => loadFile(source, path, revision),
  });
  const hasTwoFaces = data?.text !== undefined && data.kind !== "text";
  return (
    <>
      <header className={styles.head}>
        <PathLine path={path} onPath={onPath} />
        <div className={styles.tools}>
          {hasTwoFaces && (
            <Segments
              label={t.view}
              chosen={isSource ? "source" : "preview"}
              onChoose={(key) => setSource(key === "source")}
              segments={[
                { key: "preview", label: t.preview },
                { key: "source", label: t.source },
              ]}
            />
          )}
          {source.revisions !== undefined && data != null && (
            <RevisionMenu source={source} path={path} revision={revision} onPath={onPath} />
          )}
          <CopyButton label={t.copyPath} copiedLabel={t.copied} text={path} onCopy={copyText} />
          {actions?.(path)}
          {data != null && (
            <LinkButton size="small" href={source.url(path, { revision })} download>
              <Download size={14} aria-hidden />
              {t.download}
            </LinkButton>
          )}
        </div>
      </header>
      {data != null && <About file={data} />}
      <div className={styles.body} key={`${path} ${revision}`}>
        {error !== null ? (
          <Problem title={t.failed} detail={problemText(error)} retryLabel={t.again} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <Skeleton height="220px" />
        ) : data === null ? (
          <EmptyState title={t.goneTitle}>
            <p>{t.goneText}</p>
            <button type="button" className={styles.back} onClick={() => onPath("")}>
              <ArrowLeft size={14} aria-hidden /> {t.back}
            </button>
          </EmptyState>
        ) : (
          <FilePreview file={data} source={source} revision={revision} isSource={isSource} />
        )}
      </div>
    </>
  );
}

function About({ file }: { readonly file: LoadedFile }) {
  const t = useTexts(fileTexts);
  return (
    <div className={styles.about}>
      <span>{formatBytes(file.size)}</span>
      {file.contentType !== null && <span>{file.contentType}</span>}
      {file.modifiedAt > 0 && <span title={formatTime(file.modifiedAt, "seconds")}>{formatTime(file.modifiedAt)}</span>}
      {file.digest !== null && (
        <span className={styles.hash}>
          <span className="mono" title={file.digest}>
            {file.digest.slice(0, 12)}
          </span>
          <CopyButton label={t.copyHash} copiedLabel={t.copied} text={file.digest} onCopy={copyText} />
        </span>
      )}
    </div>
  );
}
