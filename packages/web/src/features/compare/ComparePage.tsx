import { Page } from "../../ui/Page.tsx";

export function ComparePage() {
  return <Page title="ComparePage">{null}</Page>;
}
