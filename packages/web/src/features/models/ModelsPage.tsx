import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Box, Plus, Search, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { formatCount } from "../../lib/format.ts";
import { useKeys } from "../../lib/keys.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { modelList, orders, parseModelsAddress } from "../../parts/versions/model-list.ts";
import { SearchField } from "../../parts/versions/SearchField.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Select } from "../../ui/Select.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { CreateModelDialog } from "./CreateModelDialog.tsx";
import { EmptyModels } from "./EmptyModels.tsx";
import styles from "./ModelsPage.module.css";
import { ModelsTable } from "./ModelsTable.tsx";
import { modelTexts } from "./texts.ts";

/** All models: found by name or description, in the order that is asked for. */
export function ModelsPage() {
  const t = useTexts(modelTexts);
  const [search, change] = useAddress();
  const navigate = useNavigate();
  const { text, order, isTrash } = parseModelsAddress(search);
  const [isCreating, setCreating] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const query = useInfiniteQuery({ ...modelList({ text, order, isTrash }), placeholderData: keepPreviousData });
  const models = (query.data?.pages ?? []).flatMap(({ items }) => items);
  const isFiltered = text !== "" || isTrash;
  useKeys(t.models, {
    "/": { label: t.search, run: () => field.current?.focus() },
    n: { label: t.newModel, run: () => setCreating(true) },
  });
  return (
    <Page
      title={t.models}
      about={t.modelsAbout}
      actions={
        <Button look="primary" onClick={() => setCreating(true)}>
          <Plus size={15} aria-hidden />
          {t.newModel}
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
        <Select
          label={t.order}
          labelPlace="before"
          value={order}
          options={orders.map((value) => ({ value, label: t[value] }))}
          onChange={(value) => change({ order: value === "byUpdated" ? undefined : value })}
        />
        <Button look="quiet" aria-pressed={isTrash} onClick={() => change({ trash: isTrash ? undefined : "1" })}>
          <Trash2 size={14} aria-hidden />
          {t.trash}
        </Button>
        <span className={styles.count} role="status">
          {query.isSuccess && t.showing(formatCount(models.length), query.hasNextPage)}
        </span>
      </search>
      {query.isError && (
        <Problem
          title={t.loadFailed}
          detail={problemText(query.error)}
          retryLabel={t.more}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && <Waiting />}
      {query.isSuccess && models.length === 0 && (
        <Nothing text={text} isTrash={isTrash} isFiltered={isFiltered} onClear={() => change({ q: undefined })} />
      )}
      {models.length > 0 && <ModelsTable models={models} />}
      {query.hasNextPage && (
        <Button className={styles.more} disabled={query.isFetching} onClick={() => void query.fetchNextPage()}>
          {t.more}
        </Button>
      )}
      {isCreating && (
        <CreateModelDialog
          onClose={() => setCreating(false)}
          onDone={({ name }) => void navigate({ to: "/models/$model", params: { model: name } })}
        />
      )}
    </Page>
  );
}

function Nothing({
  text,
  isTrash,
  isFiltered,
  onClear,
}: {
  readonly text: string;
  readonly isTrash: boolean;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}) {
  const t = useTexts(modelTexts);
  if (!isFiltered) return <EmptyModels />;
  if (text === "" && isTrash) {
    return (
      <EmptyState title={t.noDeleted} icon={<Trash2 size={28} aria-hidden />}>
        <p>{t.noDeletedText}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t.nothingFound} icon={<Box size={28} aria-hidden />}>
      <p>{t.nothingFoundText(text)}</p>
      <Button onClick={onClear}>{t.clearSearch}</Button>
    </EmptyState>
  );
}

function Waiting() {
  return (
    <div className={styles.waiting}>
      {[0, 1, 2, 3, 4].map((row) => (
        <Skeleton key={row} height="44px" />
      ))}
    </div>
  );
}
