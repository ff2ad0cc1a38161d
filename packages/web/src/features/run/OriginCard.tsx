import { useTexts } from "../../lib/texts.ts";
import { Card } from "../../ui/Card.tsx";
import styles from "./cards.module.css";
import { OuterLink } from "./OuterLink.tsx";
import type { OriginRow } from "./origin.ts";
import { runPageTexts } from "./texts.ts";

/** What tags tell of code and environment. */
export function OriginCard({ rows }: { readonly rows: readonly OriginRow[] }) {
  const t = useTexts(runPageTexts);
  return (
    <Card title={t.origin}>
      <dl className={styles.facts}>
        {rows.map(({ key, part, name, text, link }) => (
          <div key={key} style={{ display: "contents" }}>
            <dt title={key}>{part === "environment" ? (name ?? t.originParts.environment) : t.originParts[part]}</dt>
            <dd className={part === "commit" ? "mono" : undefined}>
              <OuterLink text={text} link={link} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
