import type { Experiment } from "@cairn/core";
import { useTexts } from "../../lib/texts.ts";
import { Badge } from "../../ui/Badge.tsx";
import styles from "./ExperimentAbout.module.css";
import { experimentTexts } from "./texts.ts";

/** What is said of an experiment, in a line or two. Tags of tools, which begin with a name and a dot, stay in its dialog. */
export function ExperimentAbout({ experiment }: { readonly experiment: Experiment }) {
  const t = useTexts(experimentTexts);
  const tags = Object.entries(experiment.tags).filter(([key]) => !/^\w+\./.test(key));
  if (experiment.description === "" && tags.length === 0 && experiment.deletedAt === null) return null;
  return (
    <div className={styles.about}>
      {experiment.deletedAt !== null && <Badge look="warn">{t.isDeleted}</Badge>}
      {experiment.description !== "" && <span className={styles.text}>{experiment.description}</span>}
      {tags.map(([key, value]) => (
        <Badge key={key}>
          {key}: {value}
        </Badge>
      ))}
    </div>
  );
}
