import type { Version } from "@cairn/core";
import { Link } from "@tanstack/react-router";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { FileBrowser } from "../../parts/files/FileBrowser.tsx";
import { versionFiles } from "../../parts/files/sources.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { modelTexts } from "./texts.ts";

/** The files of a version, with their previews and digests. */
export function VersionFiles({ version }: { readonly version: Version }) {
  const t = useTexts(modelTexts);
  const [search, change] = useAddress();
  const toFiles = (
    <Link to="/files/$profile" params={{ profile: version.name }} search={{ version: String(version.number) }}>
      {t.uploadFiles}
    </Link>
  );
  if (version.files === 0) {
    return (
      <EmptyState title={t.emptyFiles}>
        <p>{version.state === "draft" ? t.emptyDraft : t.emptySealed}</p>
        {version.state === "draft" && <p>{toFiles}</p>}
      </EmptyState>
    );
  }
  return (
    <FileBrowser
      source={versionFiles(version.model, version.number)}
      path={search["path"] ?? ""}
      onPath={(path) => change({ tab: "files", path: path || undefined }, "push")}
    />
  );
}
