import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useKeys } from "../../lib/keys.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { useRunActions } from "../../parts/runs/run-actions.ts";
import { Page } from "../../ui/Page.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { ArtifactsTab } from "./ArtifactsTab.tsx";
import { DeletedBanner } from "./DeletedBanner.tsx";
import { LineageTab } from "./LineageTab.tsx";
import { OverviewTab } from "./OverviewTab.tsx";
import { RenameDialog } from "./RenameDialog.tsx";
import { RunAbout, RunTitle } from "./RunHead.tsx";
import { RunProblem } from "./RunProblem.tsx";
import { RunTools } from "./RunTools.tsx";
import { parseRunView, type RunTab, runTabs } from "./run-view.ts";
import { runPageTexts } from "./texts.ts";
import { useRun } from "./use-run.ts";

const ChartsTab = lazy(async () => ({ default: (await import("./ChartsTab.tsx")).ChartsTab }));
const RegisterDialog = lazy(async () => ({ default: (await import("./RegisterDialog.tsx")).RegisterDialog }));

function findNoteField(): HTMLTextAreaElement | undefined {
  return document.getElementById("run-note")?.querySelector("textarea") ?? undefined;
}

/** One run: what it is, what it measured, what it left, and what became of it. */
export function RunPage() {
  const t = useTexts(runPageTexts);
  const { run: id } = useParams({ from: "/runs/$run" });
  const [search, change] = useAddress();
  const view = parseRunView(search);
  const actions = useRunActions();
  const [dialog, setDialog] = useState<"rename" | "register">();
  const { data: run, error, refetch } = useRun(id);

  const goTo = (tab: RunTab) => change({ tab: tab === "overview" ? undefined : tab });
  // The field must have the focus before the next key comes, or the first letters of the note are taken for shortcuts.
  const isNoteWanted = useRef(false);
  const addNote = () => {
    const field = findNoteField();
    isNoteWanted.current = field === undefined;
    if (field === undefined) goTo("overview");
    else field.focus();
  };
  useEffect(() => {
    if (view.tab !== "overview" || !isNoteWanted.current) return;
    isNoteWanted.current = false;
    findNoteField()?.focus();
  }, [view.tab]);
  const isLive = run !== undefined && run.deletedAt === null;
  useKeys(t.keysTitle, {
    ...Object.fromEntries(
      runTabs.map((tab, index) => [String(index + 1), { label: t[tab], run: () => goTo(tab) }] as const),
    ),
    ...(isLive && {
      s: { label: run.starred ? t.unstar : t.star, run: () => void actions.star([run], !run.starred) },
      n: { label: t.addNote, run: addNote },
      r: { label: t.rename, run: () => setDialog("rename") },
      m: { label: t.register, run: () => setDialog("register") },
      delete: { label: t.deleteRun, run: () => void actions.remove([run]) },
    }),
  });

  if (error !== null) return <RunProblem id={id} error={error} onRetry={() => void refetch()} />;
  if (run === undefined) {
    return (
      <Page title={<Skeleton width="260px" />} about={<Skeleton width="420px" />}>
        <Skeleton height="38px" />
        <Skeleton height="420px" />
      </Page>
    );
  }
  return (
    <Page
      title={<RunTitle run={run} />}
      about={<RunAbout run={run} />}
      actions={<RunTools run={run} onRename={() => setDialog("rename")} onRegister={() => setDialog("register")} />}
    >
      {run.deletedAt !== null && <DeletedBanner run={run} />}
      <Tabs
        label={t.tabs}
        chosen={view.tab}
        onChoose={goTo}
        tabs={[
          { key: "overview", label: t.overview },
          { key: "charts", label: t.charts, count: run.metrics.length },
          { key: "artifacts", label: t.artifacts },
          { key: "lineage", label: t.lineage },
        ]}
      >
        {view.tab === "overview" && <OverviewTab run={run} view={view} onFilter={(q) => change({ q })} />}
        {view.tab === "charts" && (
          <Suspense fallback={<Skeleton height="420px" />}>
            <ChartsTab run={run} />
          </Suspense>
        )}
        {view.tab === "artifacts" && <ArtifactsTab run={run} view={view} onView={change} />}
        {view.tab === "lineage" && <LineageTab run={run} view={view} onView={change} />}
      </Tabs>
      <RenameDialog key={run.name} run={run} isOpen={dialog === "rename"} onClose={() => setDialog(undefined)} />
      {dialog === "register" && (
        <Suspense>
          <RegisterDialog run={run} onClose={() => setDialog(undefined)} />
        </Suspense>
      )}
    </Page>
  );
}
