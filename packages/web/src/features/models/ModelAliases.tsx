import type { Model } from "@cairn/core";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { AliasChips } from "../../parts/versions/AliasChips.tsx";
import { AliasDialog } from "../../parts/versions/AliasDialog.tsx";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Button } from "../../ui/Button.tsx";
import styles from "./ModelAliases.module.css";
import pageStyles from "./ModelPage.module.css";

/** Where each alias points now. */
export function ModelAliases({ model }: { readonly model: Model }) {
  const v = useTexts(versionTexts);
  const [isAdding, setAdding] = useState(false);
  if (model.versions === 0) return null;
  const aliases = Object.entries(model.aliases).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <section className={pageStyles.section}>
      <div className={pageStyles.head}>
        <h2>{v.aliases}</h2>
        {model.deletedAt === null && (
          <Button size="small" look="quiet" onClick={() => setAdding(true)}>
            <Plus size={13} aria-hidden />
            {v.addAlias}
          </Button>
        )}
      </div>
      <ul className={styles.aliases}>
        {aliases.map(([alias, number]) => (
          <li key={alias}>
            <AliasChips model={model} aliases={[alias]} isLatest={false} isMovable />
            <VersionLink model={model} number={number} />
          </li>
        ))}
        {model.latest !== null && (
          <li>
            <AliasChips model={model} aliases={[]} isLatest />
            <VersionLink model={model} number={model.latest} />
          </li>
        )}
      </ul>
      {isAdding && <AliasDialog model={model} onClose={() => setAdding(false)} />}
    </section>
  );
}

function VersionLink({ model, number }: { readonly model: Model; readonly number: number }) {
  const v = useTexts(versionTexts);
  return (
    <Link to="/models/$model/versions/$version" params={{ model: model.name, version: String(number) }}>
      {v.version(number)}
    </Link>
  );
}
