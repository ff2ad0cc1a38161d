import { type ShortcutGroup, type Shortcuts, useShortcutGroups } from "../lib/keys.ts";
import { useTexts } from "../lib/texts.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Keys } from "../ui/Keys.tsx";
import styles from "./KeySheet.module.css";
import { appTexts } from "./texts.ts";

/** Which keys do what, on the screen that is shown. */
export function KeySheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useTexts(appTexts);
  const groups = byTitle(useShortcutGroups());
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.keys} closeLabel={t.close} size="wide">
      <div className={styles.groups}>
        {[...groups].map(([title, shortcuts]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {byLabel(shortcuts).map(([label, keys]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Keys key={key} keys={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {isOpen && document.querySelector("[role=grid]") !== null && <TableKeys />}
      </div>
    </Dialog>
  );
}

/** A table has keys of its own while it has the focus. */
function TableKeys() {
  const t = useTexts(appTexts);
  return (
    <section>
      <h3>{t.inTable}</h3>
      <dl>
        {Object.entries(t.tableKeys).map(([keys, label]) => (
          <div key={keys}>
            <dt>{label}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Parts of one screen register theirs apart. Of keys that are the same the later ones work. */
function byTitle(groups: readonly ShortcutGroup[]): ReadonlyMap<string, Shortcuts> {
  const merged = new Map<string, Shortcuts>();
  for (const { title, shortcuts } of groups) merged.set(title, { ...merged.get(title), ...shortcuts });
  return merged;
}

/** Two keys that do the same stand in one line. */
function byLabel(shortcuts: Shortcuts): readonly (readonly [label: string, keys: readonly string[]])[] {
  const lines = new Map<string, string[]>();
  for (const [key, { label }] of Object.entries(shortcuts)) lines.set(label, [...(lines.get(label) ?? []), key]);
  return [...lines];
}
