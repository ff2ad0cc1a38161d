import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Activity, Box, CornerDownLeft, FlaskConical, Search, SquareArrowRight, Terminal } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { type Found, findThings } from "./find-things.ts";
import styles from "./Palette.module.css";
import { paletteTexts } from "./texts.ts";
import { useCommands } from "./use-commands.ts";

interface Entry {
  readonly value: string;
  readonly label: string;
  readonly about?: string | undefined;
  readonly icon: "experiment" | "run" | "model" | "place" | "command";
  readonly run: () => void;
}

interface Group {
  readonly value: string;
  readonly items: readonly Entry[];
}

const icons = { experiment: FlaskConical, run: Activity, model: Box, place: SquareArrowRight, command: Terminal };

export interface PaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onShowKeys: () => void;
}

/** Everything by its name: type, choose, go. */
export default function Palette({ isOpen, onClose, onShowKeys }: PaletteProps) {
  const t = useTexts(paletteTexts);
  const [text, setText] = useState("");
  const { groups, problem } = useGroups(text, onShowKeys);
  const close = () => {
    onClose();
    setText("");
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.palette} aria-label={t.label}>
          <Autocomplete.Root
            open
            inline
            items={groups}
            filter={null}
            value={text}
            onValueChange={setText}
            itemToStringValue={(entry: Entry) => entry.label}
            autoHighlight="always"
            keepHighlight
          >
            <div className={styles.input}>
              <Search size={16} aria-hidden />
              <Autocomplete.Input aria-label={t.label} placeholder={t.placeholder} />
            </div>
            <Dialog.Close className="visually-hidden">{t.close}</Dialog.Close>
            <Autocomplete.Empty className={styles.empty}>
              {problem === undefined ? text.trim() !== "" && t.nothing : `${t.problem} ${problem}`}
            </Autocomplete.Empty>
            <Autocomplete.List className={styles.list}>
              {(group: Group) => (
                <Autocomplete.Group key={group.value} items={group.items}>
                  <Autocomplete.GroupLabel className={styles.heading}>{group.value}</Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(entry: Entry) => <EntryRow key={entry.value} entry={entry} onChosen={close} />}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function EntryRow({ entry, onChosen }: { readonly entry: Entry; readonly onChosen: () => void }) {
  const Icon = icons[entry.icon];
  return (
    <Autocomplete.Item
      value={entry}
      className={styles.entry}
      onClick={() => {
        onChosen();
        entry.run();
      }}
    >
      <Icon size={15} aria-hidden />
      <span className="ellipsis">{entry.label}</span>
      <span className={styles.about}>{entry.about}</span>
      <CornerDownLeft size={13} aria-hidden className={styles.enter} />
    </Autocomplete.Item>
  );
}

function useGroups(text: string, onShowKeys: () => void): { groups: readonly Group[]; problem: string | undefined } {
  const t = useTexts(paletteTexts);
  const navigate = useNavigate();
  const { places, commands } = useCommands(onShowKeys);
  const wanted = useDeferredValue(text.trim());
  const {
    data = [],
    error,
    isPlaceholderData,
  } = useQuery({
    queryKey: ["palette", wanted],
    queryFn: () => findThings(wanted),
    placeholderData: keepPreviousData,
    staleTime: 5000,
  });
  // Until the answer is there, of what was found before only what fits: Enter must never lead to what was not asked for.
  const fits = ({ id, name }: Found) =>
    !isPlaceholderData || id === wanted.toLowerCase() || name.toLowerCase().includes(wanted.toLowerCase());
  const go = ({ kind, id }: Found) => {
    if (kind === "run") return void navigate({ to: "/runs/$run", params: { run: id } });
    if (kind === "model") return void navigate({ to: "/models/$model", params: { model: id } });
    return void navigate({ to: "/experiments/$experiment", params: { experiment: id } });
  };
  const found = (kind: Found["kind"]): readonly Entry[] =>
    data
      .filter((one) => one.kind === kind && fits(one))
      .map((one) => ({
        value: `${kind} ${one.id}`,
        label: one.name,
        about: kind === "run" ? one.id.slice(0, 8) : kind === "model" ? t.versions(one.about) : one.about,
        icon: kind,
        run: () => go(one),
      }));
  const named = (entries: readonly { readonly label: string; readonly run: () => void }[], icon: "place" | "command") =>
    entries
      .filter(({ label }) => label.toLowerCase().includes(wanted.toLowerCase()))
      .map((entry): Entry => ({ ...entry, value: `${icon} ${entry.label}`, icon }));
  const groups: readonly Group[] = [
    { value: t.places, items: named(places, "place") },
    { value: t.experiments, items: found("experiment") },
    { value: t.models, items: found("model") },
    { value: t.runs, items: found("run") },
    { value: t.commands, items: named(commands, "command") },
  ];
  return {
    groups: groups.filter(({ items }) => items.length > 0),
    problem: error === null ? undefined : problemText(error),
  };
}
