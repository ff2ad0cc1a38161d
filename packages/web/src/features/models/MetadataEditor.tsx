import type { Json } from "@cairn/core";
import { PencilLine } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { parseMetadata } from "./parse-metadata.ts";
import { modelTexts } from "./texts.ts";

export interface MetadataEditorProps {
  readonly metadata: Readonly<Record<string, Json>>;
  readonly onSave: (metadata: Readonly<Record<string, Json>>) => Promise<unknown>;
}

/** A draft's metadata as JSON. */
export function MetadataEditor({ metadata, onSave }: MetadataEditorProps) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const [text, setText] = useState<string>();
  const parsed = text === undefined ? undefined : parseMetadata(text);
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setText(JSON.stringify(metadata, null, 2))}>
        <PencilLine size={13} aria-hidden />
        {t.editMetadata}
      </Button>
      {text !== undefined && (
        <ConfirmDialog
          isOpen
          onClose={() => setText(undefined)}
          title={t.editMetadata}
          confirmLabel={v.save}
          cancelLabel={v.cancel}
          isDisabled={parsed === undefined}
          problemOf={problemText}
          onConfirm={async () => parsed !== undefined && onSave(parsed)}
        >
          <TextArea
            label={t.metadata}
            isLabelHidden
            help={t.metadataHelp}
            problem={parsed === undefined ? t.notAnObject : undefined}
            value={text}
            rows={14}
            className="mono"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
            autoFocus
          />
        </ConfirmDialog>
      )}
    </>
  );
}
