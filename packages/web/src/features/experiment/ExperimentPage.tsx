import { Page } from "../../ui/Page.tsx";

export function ExperimentPage() {
  return <Page title="ExperimentPage">{null}</Page>;
}
