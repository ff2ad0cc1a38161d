import type { Model, Version } from "@cairn/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { FolderTree, Layers } from "lucide-react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { versionQueries } from "../../parts/versions/version-queries.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Visible } from "./FilesPage.tsx";
import { parseFilesAddress } from "./files-address.ts";
import { ProfileActions } from "./ProfileActions.tsx";
import styles from "./ProfilePage.module.css";
import { filesTexts } from "./texts.ts";
import { VersionFileList } from "./VersionFileList.tsx";
import { VersionList } from "./VersionList.tsx";

/** One profile of the file centre: its versions, and the files of the one that is chosen. */
export function ProfilePage() {
  const { profile: name } = useParams({ from: "/files/$profile" });
  const t = useTexts(filesTexts);
  const v = useTexts(versionTexts);
  const { data: model, error, refetch } = useQuery(versionQueries.model(name));
  if (error !== null) {
    return (
      <Page title={name}>
        <Problem title={t.loadFailed} detail={problemText(error)} retryLabel={v.retry} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (model === null) {
    return (
      <EmptyState title={t.notFound} icon={<FolderTree size={28} aria-hidden />}>
        <p>{t.notFoundText(name)}</p>
        <p>
          <Link to="/files">{t.toFiles}</Link>
        </p>
      </EmptyState>
    );
  }
  if (model === undefined) {
    return (
      <Page title={name}>
        <Skeleton height="320px" />
      </Page>
    );
  }
  return <Profile model={model} />;
}

function Profile({ model }: { readonly model: Model }) {
  const t = useTexts(filesTexts);
  const v = useTexts(versionTexts);
  const [search, change] = useAddress();
  const { version: wanted } = parseFilesAddress(search);
  const query = useInfiniteQuery(versionQueries.versions(model.id));
  const versions = (query.data?.pages ?? []).flatMap(({ items }) => items);
  const { version, isMissing } = useChosen(model, wanted, versions, query.isSuccess);
  return (
    <Page
      title={
        <>
          <Link to="/files" className={styles.crumb}>
            {t.files}
          </Link>
          <span className={styles.slash} aria-hidden>
            /
          </span>
          {model.name}
          <Visible model={model} />
        </>
      }
      about={model.deletedAt === null ? undefined : t.deleted}
      actions={<ProfileActions model={model} version={version} />}
    >
      {query.isError && (
        <Problem
          title={t.loadFailed}
          detail={problemText(query.error)}
          retryLabel={v.retry}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && <Skeleton height="320px" />}
      {query.isSuccess && versions.length === 0 && (
        <EmptyState title={t.noVersions} icon={<Layers size={26} aria-hidden />}>
          <p>{t.noVersionsText}</p>
        </EmptyState>
      )}
      {versions.length > 0 && (
        <div className={styles.columns}>
          <VersionList
            versions={versions}
            latest={model.latest}
            chosen={version?.number}
            onChoose={(number) => change({ version: String(number), path: undefined, glob: undefined }, "push")}
            onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          />
          {isMissing && <Problem title={t.noVersion(wanted ?? "")} />}
          {version !== undefined && <VersionFileList key={version.number} model={model} version={version} />}
        </div>
      )}
    </Page>
  );
}

/** The version that the address names, by number first; the newest when it names none. */
function useChosen(model: Model, wanted: string | undefined, versions: readonly Version[], isLoaded: boolean) {
  const known =
    wanted === undefined
      ? versions[0]
      : (versions.find(({ number }) => String(number) === wanted) ?? versions.find(({ label }) => label === wanted));
  const { data } = useQuery({
    ...versionQueries.version(model.id, wanted ?? ""),
    enabled: isLoaded && wanted !== undefined && known === undefined,
  });
  return { version: known ?? data ?? undefined, isMissing: known === undefined && data === null };
}
