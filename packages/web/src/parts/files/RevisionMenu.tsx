import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { formatBytes, formatTime } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { Menu } from "../../ui/Menu.tsx";
import type { FileSource } from "./file-source.ts";
import { fileTexts } from "./texts.ts";

export interface RevisionMenuProps {
  readonly source: FileSource;
  readonly path: string;
  readonly revision: number | undefined;
  readonly onPath: (path: string, revision?: number) => void;
}

/** Which revision is looked at, and the others. Not there for a file that has only one. */
export function RevisionMenu({ source, path, revision, onPath }: RevisionMenuProps) {
  const t = useTexts(fileTexts);
  const { data = [] } = useQuery({
    queryKey: [...source.key, "revisions", path],
    queryFn: async () => source.revisions?.(path) ?? [],
  });
  const [newest] = data;
  if (newest === undefined || data.length < 2) return null;
  const shown = revision ?? newest.revision;
  return (
    <Menu
      trigger={
        <Button size="small">
          <History size={14} aria-hidden />
          {t.revision(shown)}
        </Button>
      }
      entries={[
        { heading: t.revisions },
        ...data.map((each) => ({
          label: [
            t.revision(each.revision),
            ...(each === newest ? [t.newest] : []),
            formatTime(each.at),
            each.author,
            formatBytes(each.size),
          ].join(" · "),
          isChecked: each.revision === shown,
          onSelect: () => onPath(path, each === newest ? undefined : each.revision),
        })),
      ]}
    />
  );
}
