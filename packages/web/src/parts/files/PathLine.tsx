import { Fragment } from "react";
import { useTexts } from "../../lib/texts.ts";
import styles from "./FilePane.module.css";
import { fileTexts } from "./texts.ts";
import { foldersAbove, nameOf } from "./tree-rows.ts";

/** Where one is, each folder above a way back. */
export function PathLine({ path, onPath }: { readonly path: string; readonly onPath: (path: string) => void }) {
  const t = useTexts(fileTexts);
  const bare = path.replace(/\/$/, "");
  return (
    <div className={styles.path}>
      {bare === "" ? (
        <span>{t.all}</span>
      ) : (
        <button type="button" onClick={() => onPath("")}>
          {t.all}
        </button>
      )}
      {foldersAbove(bare).map((folder) => (
        <Fragment key={folder}>
          <span aria-hidden>/</span>
          <button type="button" onClick={() => onPath(`${folder}/`)}>
            {nameOf(folder)}
          </button>
        </Fragment>
      ))}
      {bare !== "" && (
        <>
          <span aria-hidden>/</span>
          <strong>{nameOf(bare)}</strong>
        </>
      )}
    </div>
  );
}
