import { Page } from "../../ui/Page.tsx";

export function FilesPage() {
  return <Page title="FilesPage">{null}</Page>;
}
