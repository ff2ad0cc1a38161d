import { Page } from "../../ui/Page.tsx";

export function ModelPage() {
  return <Page title="ModelPage">{null}</Page>;
}
