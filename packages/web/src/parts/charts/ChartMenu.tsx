import { Download, EllipsisVertical, FileSpreadsheet, Image, Table2 } from "lucide-react";
import type { RefObject } from "react";
import { useTexts } from "../../lib/texts.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { tell } from "../../ui/Toasts.tsx";
import type { Plot } from "./plot.ts";
import { type ChartFile, saveChart } from "./save-chart.ts";
import { chartTexts } from "./texts.ts";

export interface ChartMenuProps {
  readonly title: string;
  readonly plot: RefObject<Plot | null>;
  readonly onValues?: (() => void) | undefined;
}

/** What else can be done with a chart. */
export function ChartMenu({ title, plot, onValues }: ChartMenuProps) {
  const t = useTexts(chartTexts);
  const save = async (form: ChartFile) => {
    const picture = plot.current?.picture();
    if (picture === undefined || picture.points === 0) return tell({ text: t.nothingToSave });
    tell({ text: t.saved(await saveChart(picture, title, form)) });
  };
  return (
    <Menu
      trigger={
        <IconButton label={t.menu(title)} size="small">
          <EllipsisVertical size={14} aria-hidden />
        </IconButton>
      }
      entries={[
        { label: t.savePng, icon: <Image size={14} aria-hidden />, onSelect: () => void save("png") },
        { label: t.saveSvg, icon: <Download size={14} aria-hidden />, onSelect: () => void save("svg") },
        { label: t.saveCsv, icon: <FileSpreadsheet size={14} aria-hidden />, onSelect: () => void save("csv") },
        ...(onValues === undefined
          ? []
          : (["line", { label: t.values, icon: <Table2 size={14} aria-hidden />, onSelect: onValues }] as const)),
      ]}
    />
  );
}
