import { FileUp, FolderUp, Upload } from "lucide-react";
import { type Ref, useImperativeHandle, useRef } from "react";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { chosenFiles, type FoundFile } from "./dropped-files.ts";
import { uploadTexts } from "./upload-texts.ts";

/** What the screen around it may ask of it. */
export interface UploadMenuHandle {
  chooseFiles(): void;
}

export interface UploadMenuProps {
  readonly onFiles: (files: readonly FoundFile[]) => void;
  readonly ref?: Ref<UploadMenuHandle> | undefined;
}

/** A button to choose files, or a folder with all that is in it. */
export function UploadMenu({ onFiles, ref }: UploadMenuProps) {
  const t = useTexts(uploadTexts);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => ({ chooseFiles: () => files.current?.click() }), []);
  const input = (label: string, own: typeof files, isFolder: boolean) => (
    <input
      ref={own}
      type="file"
      multiple
      hidden
      aria-label={label}
      {...(isFolder ? { webkitdirectory: "" } : {})}
      onChange={(event) => {
        onFiles(chosenFiles(event.target.files));
        event.target.value = ""; // the same file may be chosen again
      }}
    />
  );
  return (
    <>
      {input(t.uploadFiles, files, false)}
      {input(t.uploadFolder, folder, true)}
      <Menu
        trigger={
          <Button look="primary">
            <Upload size={14} aria-hidden />
            {t.upload}
          </Button>
        }
        entries={[
          { label: t.uploadFiles, icon: <FileUp size={14} aria-hidden />, onSelect: () => files.current?.click() },
          { label: t.uploadFolder, icon: <FolderUp size={14} aria-hidden />, onSelect: () => folder.current?.click() },
        ]}
      />
    </>
  );
}
