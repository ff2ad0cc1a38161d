import type { Version } from "@cairn/core";
import { Lock, PencilLine } from "lucide-react";
import { useTexts } from "../../lib/texts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { versionTexts } from "./version-texts.ts";

/** Whether a version may still change: a sign and a word. */
export function VersionState({ state }: { readonly state: Version["state"] }) {
  const t = useTexts(versionTexts);
  return (
    <span style={{ display: "inline-flex" }} title={state === "draft" ? t.draftHelp : t.sealedHelp}>
      <Badge look={state === "draft" ? "warn" : "plain"}>
        {state === "draft" ? <PencilLine size={11} aria-hidden /> : <Lock size={11} aria-hidden />}
        {t[state]}
      </Badge>
    </span>
  );
}
