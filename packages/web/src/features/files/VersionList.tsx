import type { Version } from "@cairn/core";
import { formatBytes, formatCount, formatTime } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { VersionState } from "../../parts/versions/VersionState.tsx";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { filesTexts } from "./texts.ts";
import styles from "./VersionList.module.css";

export interface VersionListProps {
  readonly versions: readonly Version[];
  readonly latest: number | null;
  readonly chosen: number | undefined;
  readonly onChoose: (number: number) => void;
  readonly onMore: (() => void) | undefined;
}

/** The versions of a profile, newest first. */
export function VersionList({ versions, latest, chosen, onChoose, onMore }: VersionListProps) {
  const t = useTexts(filesTexts);
  const v = useTexts(versionTexts);
  return (
    <nav className={styles.list} aria-label={t.version}>
      <ul>
        {versions.map((version) => (
          <li key={version.number}>
            <button
              type="button"
              className={styles.version}
              aria-current={version.number === chosen ? "true" : undefined}
              onClick={() => onChoose(version.number)}
            >
              <span className={styles.line}>
                <strong className="ellipsis">{version.label ?? v.version(version.number)}</strong>
                <VersionState state={version.state} />
                {version.number === latest && <Badge look="accent">{v.latest}</Badge>}
              </span>
              <span className={styles.soft} title={formatTime(version.createdAt)}>
                {version.label !== null && `${v.version(version.number)} · `}
                {t.fileCount(formatCount(version.files))} · {formatBytes(version.bytes)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {onMore !== undefined && (
        <Button size="small" onClick={onMore}>
          {t.moreVersions}
        </Button>
      )}
    </nav>
  );
}
