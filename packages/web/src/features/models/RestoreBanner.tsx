import type { Model } from "@cairn/core";
import { Trash2 } from "lucide-react";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { Button } from "../../ui/Button.tsx";
import { tell } from "../../ui/Toasts.tsx";
import styles from "./RestoreBanner.module.css";
import { modelTexts } from "./texts.ts";

/** Above a deleted model: what that means, and the way back. */
export function RestoreBanner({ model }: { readonly model: Model }) {
  const t = useTexts(modelTexts);
  const { attempt } = useVersionActions();
  const restore = async () => {
    if (await attempt(() => server.models.restore(model.id))) tell({ text: t.wasRestored(model.name) });
  };
  return (
    <div className={styles.banner} role="status">
      <Trash2 size={16} aria-hidden />
      <span className={styles.words}>{t.deletedBanner}</span>
      <Button size="small" onClick={() => void restore()}>
        {t.restore}
      </Button>
    </div>
  );
}
