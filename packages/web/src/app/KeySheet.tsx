import { useShortcutGroups } from "../lib/keys.ts";
import { useTexts } from "../lib/texts.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Keys } from "../ui/Keys.tsx";
import styles from "./KeySheet.module.css";
import { appTexts } from "./texts.ts";

/** Which keys do what, on the screen that is shown. */
export function KeySheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useTexts(appTexts);
  const groups = useShortcutGroups();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.keys} closeLabel={t.close} size="wide">
      <div className={styles.groups}>
        {groups.map(({ title, shortcuts }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {Object.entries(shortcuts).map(([key, { label }]) => (
                <div key={key}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={key} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
