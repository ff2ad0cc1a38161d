import type { Run } from "@cairn/core";
import { Trash2 } from "lucide-react";
import { formatAge } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { useRunActions } from "../../parts/runs/run-actions.ts";
import { Button } from "../../ui/Button.tsx";
import styles from "./RunHead.module.css";
import { runPageTexts } from "./texts.ts";

/** Above a deleted run: what that means, and the way back. */
export function DeletedBanner({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const now = useNow();
  const actions = useRunActions();
  return (
    <div className={styles.banner} role="status">
      <Trash2 size={16} aria-hidden />
      <span>
        {run.deletedAt !== null && `${t.deletedAt(formatAge(run.deletedAt, now))} `}
        {t.deletedBanner}
      </span>
      <Button size="small" onClick={() => void actions.restore([run])}>
        {t.restore}
      </Button>
    </div>
  );
}
