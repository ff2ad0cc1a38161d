import { Upload } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { tell } from "../../ui/Toasts.tsx";
import styles from "./DropZone.module.css";
import { droppedFiles, type FoundFile } from "./dropped-files.ts";
import { uploadTexts } from "./upload-texts.ts";

export interface DropZoneProps {
  /** Where they would go, in words. */
  readonly where: string;
  readonly onFiles: (files: readonly FoundFile[]) => void;
  /** Nothing may be dropped now. */
  readonly isDisabled?: boolean | undefined;
  readonly children: ReactNode;
}

/** A place that files and folders can be dropped on, from outside the browser. It says so while something hangs over it. */
export function DropZone({ where, onFiles, isDisabled = false, children }: DropZoneProps) {
  const t = useTexts(uploadTexts);
  const depth = useRef(0);
  const [isOver, setOver] = useState(false);
  const drop = async (transfer: DataTransfer) => {
    const files = await droppedFiles(transfer);
    if (files.length === 0) tell({ text: t.nothingFound });
    else onFiles(files);
  };
  const isFiles = ({ dataTransfer }: DragEvent) => !isDisabled && dataTransfer.types.includes("Files");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has its twin for the keyboard, the upload button
    <div
      className={styles.zone}
      onDragEnter={(event) => {
        if (!isFiles(event)) return;
        event.preventDefault();
        depth.current++;
        setOver(true);
      }}
      onDragOver={(event) => isFiles(event) && event.preventDefault()}
      onDragLeave={(event) => {
        if (!isFiles(event)) return;
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      }}
      onDrop={(event) => {
        if (!isFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        void drop(event.dataTransfer);
      }}
    >
      {children}
      {isOver && (
        <div className={styles.over}>
          <Upload size={26} aria-hidden />
          {t.dropHere(where)}
        </div>
      )}
    </div>
  );
}
