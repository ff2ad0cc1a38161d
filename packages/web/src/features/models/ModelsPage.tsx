import { Page } from "../../ui/Page.tsx";

export function ModelsPage() {
  return <Page title="ModelsPage">{null}</Page>;
}
