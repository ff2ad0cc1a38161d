import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Link2, Plus, RotateCcw, Save, Trash2 } from "lucide-react";
import { useState } from "react";
import { copyText } from "../../lib/copy-text.ts";
import { useKeys } from "../../lib/keys.ts";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Menu, type MenuEntry } from "../../ui/Menu.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { viewTexts } from "./texts.ts";
import { isAsSaved, type SearchTexts, searchOfView, viewStateOf } from "./view-state.ts";

export interface ViewsMenuProps {
  /** Which screen the views are of: `experiment`, `compare`, `tracker` … */
  readonly screen: string;
  /** The usual project when left out; of an experiment, whose project is another maybe, it is waited for. */
  readonly project?: string | undefined;
  readonly experiment?: number | undefined;
  /** The address as it is; its key `view` says which saved view was opened. */
  readonly search: SearchTexts;
  /** Puts these texts into the address, and nothing else. */
  readonly onSearch: (search: Readonly<Record<string, string>>) => void;
}

const ICON = 14;

/** Screens that were arranged and saved under a name, for everybody. Ctrl + S saves. */
export function ViewsMenu({ screen, project, experiment, search, onSearch }: ViewsMenuProps) {
  const t = useTexts(viewTexts);
  const client = useQueryClient();
  const place = experiment ?? null;
  const { data: views = [] } = useQuery({
    queryKey: ["views", "list", project, screen, place],
    queryFn: () => server.views.list({ project, screen, experiment: place }),
    enabled: experiment === undefined || project !== undefined,
  });
  const id = /^\d+$/.test(search["view"] ?? "") ? Number(search["view"]) : undefined;
  const { data: open } = useQuery({
    queryKey: ["views", id],
    queryFn: () => server.views.get(id ?? 0),
    enabled: id !== undefined,
  });
  const [isSaving, setSaving] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ["views"] });
  const isChanged = open !== undefined && !isAsSaved(search, open.state);

  const load = async (view: number) => {
    try {
      const { state } = await client.fetchQuery({ queryKey: ["views", view], queryFn: () => server.views.get(view) });
      onSearch({ ...searchOfView(state), view: String(view) });
    } catch (error) {
      tell({ text: t.failed, detail: problemText(error), look: "bad" });
    }
  };
  const save = async (view: number, name: string, state: Record<string, string>, before?: unknown) => {
    try {
      await server.views.update(view, { state });
      const undo = () => void save(view, name, searchOfView(before));
      tell({ text: t.saved(name), ...(before === undefined ? {} : { action: { label: t.undo, run: undo } }) });
    } catch (error) {
      tell({ text: t.failed, detail: problemText(error), look: "bad" });
    }
    await refresh();
  };
  const create = async (name: string, state: Record<string, string>) => {
    const view = await server.views.create({
      screen,
      name,
      state,
      ...(experiment === undefined ? {} : { experiment }),
    });
    await refresh();
    return view;
  };
  const remove = async (view: number, name: string) => {
    try {
      const { state } = await server.views.get(view);
      await server.views.delete(view);
      const undo = () => void create(name, searchOfView(state)).catch(fail);
      tell({ text: t.removed(name), action: { label: t.undo, run: undo } });
      if (view === id) onSearch(viewStateOf(search));
    } catch (error) {
      fail(error);
    }
    await refresh();
  };
  const fail = (error: unknown) => tell({ text: t.failed, detail: problemText(error), look: "bad" });
  const saveNow = () => {
    if (open !== undefined && isChanged) void save(open.id, open.name, viewStateOf(search), open.state);
    else setSaving(true);
  };
  useKeys(t.views, { "mod+s": { label: t.title, run: saveNow, isEverywhere: true } });

  const entries: MenuEntry[] = [
    ...(views.length === 0 ? [{ heading: t.none }] : []),
    ...views.map((view) => ({ label: view.name, isChecked: view.id === id, onSelect: () => void load(view.id) })),
    "line",
    ...(open !== undefined && isChanged
      ? [{ label: t.save(open.name), icon: <Save size={ICON} />, keys: "mod+s", onSelect: saveNow }]
      : []),
    { label: t.saveAs, icon: <Plus size={ICON} />, onSelect: () => setSaving(true) },
    {
      label: t.copyLink,
      icon: <Link2 size={ICON} />,
      onSelect: () => void copyText(location.href).then(() => tell({ text: t.copied })),
    },
    { label: t.usual, icon: <RotateCcw size={ICON} />, onSelect: () => onSearch({}) },
    ...(open === undefined
      ? []
      : [
          {
            label: t.remove(open.name),
            icon: <Trash2 size={ICON} />,
            isDangerous: true,
            onSelect: () => void remove(open.id, open.name),
          },
        ]),
  ];
  return (
    <>
      <Menu
        trigger={
          <Button>
            <Bookmark size={15} aria-hidden />
            <span className="ellipsis">
              {open?.name ?? t.views}
              {isChanged && " *"}
            </span>
          </Button>
        }
        entries={entries}
      />
      <SaveDialog
        isOpen={isSaving}
        onClose={() => setSaving(false)}
        onSave={async (name) => {
          const view = await create(name, viewStateOf(search));
          onSearch({ ...viewStateOf(search), view: String(view.id) });
          tell({ text: t.saved(name) });
        }}
      />
    </>
  );
}

interface SaveDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSave: (name: string) => Promise<void>;
}

function SaveDialog({ isOpen, onClose, onSave }: SaveDialogProps) {
  const t = useTexts(viewTexts);
  const [name, setName] = useState("");
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        setName("");
        onClose();
      }}
      title={t.title}
      confirmLabel={t.saveIt}
      cancelLabel={t.cancel}
      isDisabled={name.trim() === ""}
      onConfirm={() => onSave(name.trim())}
      problemOf={problemText}
    >
      <Field label={t.name} help={t.help} value={name} onChange={({ target }) => setName(target.value)} autoFocus />
    </ConfirmDialog>
  );
}
