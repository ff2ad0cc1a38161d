import { Fragment } from "react";
import { useTexts } from "../../lib/texts.ts";
import styles from "./FolderPath.module.css";
import { filesTexts } from "./texts.ts";

/** Where one is, and the way up. */
export function FolderPath({
  folder,
  onFolder,
}: {
  readonly folder: string;
  readonly onFolder: (folder: string) => void;
}) {
  const t = useTexts(filesTexts);
  const names = folder === "" ? [] : folder.split("/");
  return (
    <nav aria-label={t.path} className={styles.path}>
      <button type="button" disabled={names.length === 0} onClick={() => onFolder("")}>
        {t.all}
      </button>
      {names.map((name, index) => {
        const path = names.slice(0, index + 1).join("/");
        return (
          <Fragment key={path}>
            <span aria-hidden>/</span>
            <button
              type="button"
              disabled={index === names.length - 1}
              aria-current={index === names.length - 1 ? "location" : undefined}
              onClick={() => onFolder(path)}
            >
              {name}
            </button>
          </Fragment>
        );
      })}
    </nav>
  );
}
