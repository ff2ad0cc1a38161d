import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { experimentIdOf } from "../../lib/experiment-id.ts";
import { problemText } from "../../lib/problem.ts";
import { queries } from "../../lib/queries.ts";
import { useTexts } from "../../lib/texts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { ExperimentAbout } from "./ExperimentAbout.tsx";
import { ExperimentActions } from "./ExperimentActions.tsx";
import { RunsScreen } from "./RunsScreen.tsx";
import { experimentTexts } from "./texts.ts";
import { useView } from "./use-view.ts";

export { askFirst } from "./ask-first.ts";

const route = getRouteApi("/experiments/$experiment");

/** One experiment: its runs in a table beside their charts. */
export function ExperimentPage() {
  const t = useTexts(experimentTexts);
  const { experiment: text } = route.useParams();
  const { view, change } = useView();
  const id = experimentIdOf(text) ?? -1;
  const { data, error, refetch } = useQuery(queries.experiment(id));
  if (error !== null && data === undefined) {
    return (
      <Page title={text}>
        <Problem
          title={t.experimentFailed}
          detail={problemText(error)}
          retryLabel={t.retry}
          onRetry={() => void refetch()}
        />
      </Page>
    );
  }
  return (
    <Page
      title={
        <>
          {data?.name ?? <Skeleton width="220px" />}
          {view.isTrash && <Badge look="warn">{t.inTrash}</Badge>}
        </>
      }
      about={data && <ExperimentAbout experiment={data} />}
      actions={
        data && (
          <ExperimentActions
            experiment={data}
            isTrash={view.isTrash}
            onTrash={(isTrash) => change({ isTrash, selected: [] })}
          />
        )
      }
      isFull
    >
      <RunsScreen key={`${id} ${view.isTrash}`} experiment={id} project={data?.project} />
    </Page>
  );
}
