import { Page } from "../../ui/Page.tsx";

export function TrackerPage() {
  return <Page title="TrackerPage">{null}</Page>;
}
