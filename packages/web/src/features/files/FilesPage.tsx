import type { Model } from "@cairn/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { FolderTree, Globe, Lock, Plus, Search } from "lucide-react";
import { useRef, useState } from "react";
import { formatAge, formatCount, formatTime } from "../../lib/format.ts";
import { useKeys } from "../../lib/keys.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { useNow } from "../../lib/use-now.ts";
import { modelList } from "../../parts/versions/model-list.ts";
import { SearchField } from "../../parts/versions/SearchField.tsx";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import styles from "./FilesPage.module.css";
import { LooseFiles } from "./LooseFiles.tsx";
import { NewProfileDialog } from "./NewProfileDialog.tsx";
import { PushSnippet } from "./PushSnippet.tsx";
import { visibilityOf } from "./profile.ts";
import { filesTexts } from "./texts.ts";

/** The file centre: a profile for each model. */
export function FilesPage() {
  const t = useTexts(filesTexts);
  const v = useTexts(versionTexts);
  const navigate = useNavigate();
  const now = useNow();
  const [search, change] = useAddress();
  const text = search["q"] ?? "";
  const [isCreating, setCreating] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const query = useInfiniteQuery({
    ...modelList({ text, order: "byUpdated", isTrash: false }),
    placeholderData: keepPreviousData,
  });
  const profiles = (query.data?.pages ?? []).flatMap(({ items }) => items);
  useKeys(t.files, {
    "/": { label: t.search, run: () => field.current?.focus() },
    n: { label: t.newProfile, run: () => setCreating(true) },
  });
  const columns: SimpleColumn<Model>[] = [
    {
      key: "name",
      label: t.name,
      isRowHeader: true,
      cell: ({ name }) => (
        <Link to="/files/$profile" params={{ profile: name }} className={styles.name}>
          {name}
        </Link>
      ),
    },
    { key: "visibility", label: t.visibility, cell: (model) => <Visible model={model} />, width: "18%" },
    { key: "versions", label: t.versions, align: "end", cell: ({ versions }) => formatCount(versions), width: "14%" },
    {
      key: "changed",
      label: t.changed,
      align: "end",
      width: "22%",
      cell: ({ updatedAt }) => (
        <time dateTime={new Date(updatedAt).toISOString()} title={formatTime(updatedAt, "seconds")}>
          {formatAge(updatedAt, now)}
        </time>
      ),
    },
  ];
  return (
    <Page
      title={t.files}
      about={t.filesAbout}
      actions={
        <Button look="primary" onClick={() => setCreating(true)}>
          <Plus size={15} aria-hidden />
          {t.newProfile}
        </Button>
      }
    >
      <search className={styles.tools}>
        <SearchField
          ref={field}
          label={t.search}
          icon={<Search size={14} aria-hidden />}
          text={text}
          onText={(q) => change({ q: q || undefined })}
        />
      </search>
      {query.isError && (
        <Problem
          title={t.loadFailed}
          detail={problemText(query.error)}
          retryLabel={v.retry}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && <Skeleton height="200px" />}
      {query.isSuccess && profiles.length === 0 && text === "" && (
        <EmptyState title={t.noProfiles} icon={<FolderTree size={28} aria-hidden />}>
          <p>{t.noProfilesText}</p>
          <PushSnippet name="my-model" version="1.0" />
        </EmptyState>
      )}
      {query.isSuccess && profiles.length === 0 && text !== "" && (
        <EmptyState title={t.nothingFound} icon={<FolderTree size={28} aria-hidden />}>
          <p>{t.nothingFoundText(text)}</p>
          <Button onClick={() => change({ q: undefined })}>{t.clearSearch}</Button>
        </EmptyState>
      )}
      {profiles.length > 0 && <SimpleTable label={t.files} columns={columns} rows={profiles} keyOf={({ id }) => id} />}
      {query.hasNextPage && (
        <div>
          <Button disabled={query.isFetching} onClick={() => void query.fetchNextPage()}>
            {t.more}
          </Button>
        </div>
      )}
      <LooseFiles />
      {isCreating && (
        <NewProfileDialog
          onClose={() => setCreating(false)}
          onDone={({ name }) => void navigate({ to: "/files/$profile", params: { profile: name } })}
        />
      )}
    </Page>
  );
}

/** Whether everybody may read it: a sign and a word. */
export function Visible({ model }: { readonly model: Model }) {
  const t = useTexts(filesTexts);
  const visibility = visibilityOf(model);
  return (
    <Badge look={visibility === "public" ? "info" : "plain"}>
      {visibility === "public" ? <Globe size={11} aria-hidden /> : <Lock size={11} aria-hidden />}
      {t[visibility]}
    </Badge>
  );
}
