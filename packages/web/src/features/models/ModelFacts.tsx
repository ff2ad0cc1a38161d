import type { Model } from "@cairn/core";
import { formatAge, formatTime } from "../../lib/format.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { TagEditor } from "../../parts/versions/TagEditor.tsx";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import styles from "./ModelFacts.module.css";
import { modelTexts } from "./texts.ts";

/** Without those of the file centre's registration, which its own screen shows. */
const ownTags = (tags: Model["tags"]) =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("centre.")));

/** Who made it, when it changed, and its tags. */
export function ModelFacts({ model }: { readonly model: Model }) {
  const t = useTexts(modelTexts);
  const now = useNow();
  const { refresh } = useVersionActions();
  const setTag = async (key: string, value: string | null) => {
    await server.models.update(model.id, { tags: { [key]: value } });
    void refresh();
  };
  return (
    <div className={styles.facts}>
      <span>
        {model.author === ""
          ? t.createdAt(formatTime(model.createdAt))
          : t.createdBy(model.author, formatTime(model.createdAt))}
        {" · "}
        <time dateTime={new Date(model.updatedAt).toISOString()} title={formatTime(model.updatedAt, "seconds")}>
          {t.changedAgo(formatAge(model.updatedAt, now))}
        </time>
      </span>
      <TagEditor tags={ownTags(model.tags)} onChange={setTag} isReadOnly={model.deletedAt !== null} />
    </div>
  );
}
