import { Check, Copy } from "lucide-react";
import { useState } from "react";
import styles from "./Snippet.module.css";

export interface SnippetProps {
  readonly code: string;
  /** What it is: the language, or what it does. */
  readonly caption: string;
  readonly copyLabel: string;
  readonly copiedLabel: string;
  readonly onCopy: (text: string) => Promise<void>;
}

/** Code to be pasted elsewhere, with a button that copies it. */
export function Snippet({ code, caption, copyLabel, copiedLabel, onCopy }: SnippetProps) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await onCopy(code);
    setCopied(true);
    setTimeout(() => setCopied(false), 1600);
  };
  return (
    <figure className={styles.snippet}>
      <figcaption>
        {caption}
        <button type="button" onClick={() => void copy()} aria-label={`${copyLabel}: ${caption}`}>
          {isCopied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
          <span aria-live="polite">{isCopied ? copiedLabel : copyLabel}</span>
        </button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}
