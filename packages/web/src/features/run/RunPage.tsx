import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { FileBrowser } from "../../parts/files/FileBrowser.tsx";
import { runFiles } from "../../parts/files/sources.ts";
import { Page } from "../../ui/Page.tsx";

export function RunPage() {
  const { run } = useParams({ from: "/runs/$run" });
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const source = useMemo(() => runFiles(run), [run]);
  return (
    <Page title="RunPage">
      <FileBrowser
        source={source}
        path={search["path"] ?? ""}
        revision={search["rev"] === undefined ? undefined : Number(search["rev"])}
        onPath={(path, rev) =>
          void navigate({ to: ".", search: { path, rev: rev === undefined ? undefined : String(rev) } })
        }
      />
    </Page>
  );
}
