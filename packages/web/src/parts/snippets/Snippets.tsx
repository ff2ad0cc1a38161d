import { useState } from "react";
import { copyText } from "../../lib/copy-text.ts";
import { defineTexts, useTexts } from "../../lib/texts.ts";
import { Snippet } from "../../ui/Snippet.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import type { CodeSnippet } from "./foreign-snippets.ts";

const texts = defineTexts({
  en: { label: "Languages", copy: "Copy", copied: "Copied" },
  zh: { label: "语言", copy: "复制", copied: "已复制" },
});

/** The same thing in several languages, a tab each, to be copied. */
export function Snippets({ items }: { readonly items: readonly CodeSnippet[] }) {
  const t = useTexts(texts);
  const [chosen, setChosen] = useState(items[0]?.title ?? "");
  const item = items.find(({ title }) => title === chosen) ?? items[0];
  if (item === undefined) return null;
  return (
    <Tabs
      label={t.label}
      tabs={items.map(({ title }) => ({ key: title, label: title }))}
      chosen={item.title}
      onChoose={setChosen}
    >
      <Snippet code={item.code} caption={item.title} copyLabel={t.copy} copiedLabel={t.copied} onCopy={copyText} />
    </Tabs>
  );
}
