import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./IconButton.tsx";

export interface CopyButtonProps {
  readonly label: string;
  readonly copiedLabel: string;
  readonly text: string;
  readonly onCopy: (text: string) => Promise<void>;
}

/** A small button that copies a text and says so. */
export function CopyButton({ label, copiedLabel, text, onCopy }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await onCopy(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1600);
  };
  return (
    <IconButton label={isCopied ? copiedLabel : label} size="small" onClick={() => void copy()}>
      {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
    </IconButton>
  );
}
