import type { Model, Version } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Layers } from "lucide-react";
import { useKeys } from "../../lib/keys.ts";
import { problemText } from "../../lib/problem.ts";
import { SERVER_URL } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { loadSnippets } from "../../parts/snippets/model-snippets.ts";
import { Snippets } from "../../parts/snippets/Snippets.tsx";
import { AliasChips } from "../../parts/versions/AliasChips.tsx";
import { VersionState } from "../../parts/versions/VersionState.tsx";
import { versionQueries } from "../../parts/versions/version-queries.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import pageStyles from "./ModelPage.module.css";
import { MissingModel } from "./ModelPage.tsx";
import { modelTexts } from "./texts.ts";
import { VersionActions } from "./VersionActions.tsx";
import { VersionCompare } from "./VersionCompare.tsx";
import { VersionFiles } from "./VersionFiles.tsx";
import { VersionOverview } from "./VersionOverview.tsx";

const tabs = ["overview", "files", "compare", "use"] as const;

/** One version of a model. The address may name it by number, alias or label; `?compare=3` holds it against another. */
export function VersionPage() {
  const { model: name, version: ref } = useParams({ from: "/models/$model/versions/$version" });
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const model = useQuery(versionQueries.model(name));
  const id = model.data?.id;
  const version = useQuery({ ...versionQueries.version(id ?? 0, ref), enabled: id !== undefined });
  const error = model.error ?? version.error;
  if (error !== null) {
    const retry = () => void (model.error === null ? version : model).refetch();
    return (
      <Page title={`${name}:${ref}`}>
        <Problem title={t.versionsLoadFailed} detail={problemText(error)} retryLabel={v.retry} onRetry={retry} />
      </Page>
    );
  }
  if (model.data === null) return <MissingModel name={name} />;
  if (model.data === undefined || version.data === undefined) {
    return (
      <Page title={`${name}:${ref}`}>
        <Skeleton height="38px" />
        <Skeleton height="260px" />
      </Page>
    );
  }
  if (version.data === null) return <MissingVersion name={name} reference={ref} />;
  return <Found model={model.data} version={version.data} />;
}

function Found({ model, version }: { readonly model: Model; readonly version: Version }) {
  const t = useTexts(modelTexts);
  const navigate = useNavigate();
  const [search, change] = useAddress();
  const tab = tabs.find((each) => each === search["tab"]) ?? (search["compare"] === undefined ? "overview" : "compare");
  useKeys(t.versions, {
    "[": { label: t.was(String(version.number - 1)), run: () => void step(-1) },
    "]": { label: t.was(String(version.number + 1)), run: () => void step(1) },
  });
  const step = (by: number) => {
    const number = version.number + by;
    if (number < 1) return;
    return navigate({
      to: "/models/$model/versions/$version",
      params: { model: model.name, version: String(number) },
      search: (before) => before,
    });
  };
  return (
    <Page
      title={
        <>
          <Link to="/models" className={pageStyles.crumb}>
            {t.models}
          </Link>
          <span className={pageStyles.slash} aria-hidden>
            /
          </span>
          <Link to="/models/$model" params={{ model: model.name }} className={pageStyles.crumb}>
            {model.name}
          </Link>
          <span className={pageStyles.slash} aria-hidden>
            /
          </span>
          <span className="numeric">
            {version.number}
            {version.label !== null && ` · ${version.label}`}
          </span>
          <VersionState state={version.state} />
          {version.stage !== "" && <Badge look="info">{version.stage}</Badge>}
          <AliasChips model={model} aliases={version.aliases} isLatest={model.latest === version.number} />
        </>
      }
      actions={<VersionActions model={model} version={version} />}
    >
      <Tabs
        label={t.was(String(version.number))}
        tabs={[
          { key: "overview", label: t.overview },
          { key: "files", label: t.files, count: version.files },
          { key: "compare", label: t.compare },
          { key: "use", label: t.use },
        ]}
        chosen={tab}
        onChoose={(key) =>
          change({ tab: key, compare: key === "compare" ? search["compare"] : undefined, path: undefined })
        }
      >
        {tab === "overview" && <VersionOverview model={model} version={version} />}
        {tab === "files" && <VersionFiles version={version} />}
        {tab === "compare" && <VersionCompare model={model} version={version} />}
        {tab === "use" && <UseVersion version={version} />}
      </Tabs>
    </Page>
  );
}

/** By number, which never changes, and by each alias, which follows where it points. */
function UseVersion({ version }: { readonly version: Version }) {
  return (
    <div className={pageStyles.main}>
      {[...version.aliases, String(version.number)].map((ref) => (
        <section key={ref} className={pageStyles.section}>
          <h2>
            {version.name}:{ref}
          </h2>
          <Snippets items={loadSnippets(SERVER_URL, version, ref)} />
        </section>
      ))}
    </div>
  );
}

function MissingVersion({ name, reference }: { readonly name: string; readonly reference: string }) {
  const t = useTexts(modelTexts);
  return (
    <EmptyState title={t.versionNotFound(name, reference)} icon={<Layers size={28} aria-hidden />}>
      <p>{t.versionNotFoundText}</p>
      <p>
        <Link to="/models/$model" params={{ model: name }}>
          {t.toModel}
        </Link>
      </p>
    </EmptyState>
  );
}
