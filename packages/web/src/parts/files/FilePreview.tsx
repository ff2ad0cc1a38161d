import { Info } from "lucide-react";
import type { ReactNode } from "react";
import { formatBytes } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { Markdown } from "../markdown/Markdown.tsx";
import { CsvView } from "./CsvView.tsx";
import styles from "./FilePreview.module.css";
import type { FileSource } from "./file-source.ts";
import { HexView } from "./HexView.tsx";
import { ImageView } from "./ImageView.tsx";
import { JsonView } from "./JsonView.tsx";
import { HEX_BYTES, type LoadedFile } from "./load-file.ts";
import { previewKind } from "./preview-kind.ts";
import { relativePath } from "./relative-path.ts";
import { TextView } from "./TextView.tsx";
import { fileTexts } from "./texts.ts";

export interface FilePreviewProps {
  readonly file: LoadedFile;
  readonly source: FileSource;
  readonly revision: number | undefined;
  /** Its text as it is, whatever it means. */
  readonly isSource: boolean;
}

/** What is in a file, in the form that fits it. HTML and SVG only ever in a frame in which nothing runs. */
export function FilePreview({ file, source, revision, isSource }: FilePreviewProps) {
  const t = useTexts(fileTexts);
  const { path, kind, size, text, bytes, isCut } = file;
  if (size === 0) return <Notice>{t.emptyFile}</Notice>;
  const inlineUrl = source.url(path, { isInline: true, revision });
  if (kind === "image") return <ImageView key={inlineUrl} url={inlineUrl} alt={path} />;
  if (text === undefined) {
    return (
      <>
        <Notice>{t.binary(formatBytes(Math.min(size, HEX_BYTES)), formatBytes(size))}</Notice>
        <HexView bytes={bytes ?? new Uint8Array()} label={path} />
      </>
    );
  }
  const cut = isCut && (
    <Notice>
      {t.cutText(formatBytes(new TextEncoder().encode(text).length), formatBytes(size))}{" "}
      <a href={source.url(path, { isInline: true, revision })} target="_blank" rel="noreferrer">
        {t.openWhole}
      </a>
    </Notice>
  );
  if (isSource || kind === "text") {
    return (
      <>
        {cut}
        <TextView text={text} label={path} />
      </>
    );
  }
  if (kind === "page" || kind === "drawing") {
    return (
      <>
        <iframe className={styles.frame} src={inlineUrl} sandbox="" title={path} referrerPolicy="no-referrer" />
        <p className={styles.note}>{t.sandboxed}</p>
      </>
    );
  }
  if (kind === "json") {
    return (
      <>
        {cut}
        <JsonView text={text} label={path} isWhole={!isCut} />
      </>
    );
  }
  if (kind === "table") return <CsvView text={text} label={path} isCut={isCut} cutNotice={cut} />;
  const imageUrl = (address: string) => {
    const image = relativePath(path, address);
    return image !== undefined && previewKind(image, null) === "image"
      ? source.url(image, { isInline: true })
      : undefined;
  };
  return (
    <>
      {cut}
      <Markdown text={text} imageUrl={imageUrl} />
    </>
  );
}

function Notice({ children }: { readonly children: ReactNode }) {
  return (
    <p className={styles.notice}>
      <Info size={14} aria-hidden />
      <span>{children}</span>
    </p>
  );
}
