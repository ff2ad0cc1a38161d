import { useQuery } from "@tanstack/react-query";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { FileBrowser } from "../../parts/files/FileBrowser.tsx";
import { folderQuery } from "../../parts/files/folder-query.ts";
import { looseFiles } from "../../parts/files/sources.ts";
import styles from "./FilesPage.module.css";
import { filesTexts } from "./texts.ts";

/** Files that belong to no profile and no run; nothing where there are none. */
export function LooseFiles() {
  const t = useTexts(filesTexts);
  const [search, change] = useAddress();
  const { data } = useQuery(folderQuery(looseFiles, ""));
  if (data === undefined || data.entries.length === 0) return null;
  return (
    <section className={styles.loose} aria-label={t.loose}>
      <h2>{t.loose}</h2>
      <p>{t.looseAbout}</p>
      <FileBrowser
        source={looseFiles}
        path={search["path"] ?? ""}
        onPath={(path) => change({ path: path || undefined }, "push")}
      />
    </section>
  );
}
