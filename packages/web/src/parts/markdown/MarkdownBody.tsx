import type { ComponentProps } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { safeLink } from "../../lib/safe-link.ts";
import { useTexts } from "../../lib/texts.ts";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import { markdownTexts } from "./texts.ts";

export interface MarkdownProps {
  /** As somebody wrote it: it becomes elements, never HTML. */
  readonly text: string;
  /** Where an image's bytes are on our own server; undefined for one that is not there. Without it no image is shown. */
  readonly imageUrl?: ((source: string) => string | undefined) | undefined;
  /** The level that its greatest heading has on the page. */
  readonly headings?: 2 | 3 | 4 | undefined;
}

const plugins = [remarkGfm];

/** The part of Markdown that needs the parser: a chunk of its own. */
export function MarkdownBody({ text, imageUrl, headings = 3 }: MarkdownProps) {
  const t = useTexts(markdownTexts);
  const components: Components = {
    ...headingsFrom(headings),
    a: ({ href, children }) => {
      const url = safeLink(href);
      if (url === undefined) return <span title={href}>{children}</span>;
      return (
        <a href={url} target="_blank" rel="noopener noreferrer nofollow">
          {children}
        </a>
      );
    },
    img: ({ src, alt }) => {
      const url = typeof src === "string" ? imageUrl?.(src) : undefined;
      return url === undefined ? (
        <em>[{alt || String(src ?? "")}]</em>
      ) : (
        <img src={url} alt={alt ?? ""} loading="lazy" />
      );
    },
    table: ({ children }) => (
      <ScrollBox label={t.table}>
        <table>{children}</table>
      </ScrollBox>
    ),
  };
  return (
    // Addresses are judged above, each where it is used.
    <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={(url) => url}>
      {text}
    </ReactMarkdown>
  );
}

/** `#` is the page's own title elsewhere, so headings sink. */
function headingsFrom(level: number): Components {
  const names = ["h1", "h2", "h3", "h4", "h5", "h6"] as const;
  return Object.fromEntries(
    names.map((name, index) => {
      const Shown = names[Math.min(level - 1 + index, 5)] ?? "h6";
      return [name, ({ children }: ComponentProps<"h6">) => <Shown data-rank={index + 1}>{children}</Shown>];
    }),
  );
}
