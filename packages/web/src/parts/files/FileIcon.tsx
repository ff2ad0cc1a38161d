import { Braces, File, FileCode, FileImage, FileText, Table2 } from "lucide-react";
import { previewKind } from "./preview-kind.ts";

/** What kind of file it is, by its name. */
export function FileIcon({ path }: { readonly path: string }) {
  const kind = previewKind(path, null);
  const Icon =
    kind === "image" || kind === "drawing"
      ? FileImage
      : kind === "table"
        ? Table2
        : kind === "json"
          ? Braces
          : kind === "page"
            ? FileCode
            : kind === "text" || kind === "markdown"
              ? FileText
              : File;
  return <Icon size={15} aria-hidden />;
}
