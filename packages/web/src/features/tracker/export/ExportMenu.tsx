import { Download, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { formatCount } from "../../../lib/format.ts";
import { problemText } from "../../../lib/problem.ts";
import { useTexts } from "../../../lib/texts.ts";
import { Button } from "../../../ui/Button.tsx";
import { Menu } from "../../../ui/Menu.tsx";
import { tell } from "../../../ui/Toasts.tsx";
import { trackerTexts } from "../texts.ts";
import { saveTable, TABLE_FORMATS, type TableAsk, type TableFormat } from "./save-table.ts";

export type ExportMenuProps = Pick<TableAsk, "filter" | "order" | "columns">;

/** Saves the whole table as a file, in one of four formats; while runs are read it says how far, and can be stopped. */
export function ExportMenu(table: ExportMenuProps) {
  const t = useTexts(trackerTexts);
  const [progress, setProgress] = useState<readonly [number, number]>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const save = async (format: TableFormat) => {
    const controller = new AbortController();
    stop.current = controller;
    setProgress([0, 0]);
    try {
      const onProgress = (done: number, all: number) => setProgress([done, all]);
      const { file, count } = await saveTable({ ...table, format, signal: controller.signal, onProgress });
      tell({ text: t.exported(file, formatCount(count)) });
    } catch (error) {
      if (!controller.signal.aborted) tell({ text: t.exportFailed, detail: problemText(error), look: "bad" });
    } finally {
      setProgress(undefined);
    }
  };
  if (progress !== undefined) {
    return (
      <Button onClick={() => stop.current?.abort()}>
        <X size={15} aria-hidden />
        <span role="status">{t.exporting(formatCount(progress[0]), formatCount(progress[1]))}</span>
        <span className="visually-hidden">{t.cancel}</span>
      </Button>
    );
  }
  return (
    <Menu
      trigger={
        <Button>
          <Download size={15} aria-hidden />
          {t.export}
        </Button>
      }
      entries={[
        { heading: t.exportAs },
        ...TABLE_FORMATS.map((format) => ({ label: t[format], onSelect: () => void save(format) })),
      ]}
    />
  );
}
