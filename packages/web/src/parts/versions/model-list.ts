import { infiniteQueryOptions } from "@tanstack/react-query";
import { containsText } from "../../lib/filter-text.ts";
import { server } from "../../lib/server.ts";

const PAGE = 50;
export const orders = ["byUpdated", "byName", "byVersions"] as const;
export type ModelOrder = (typeof orders)[number];

const orderTexts: Readonly<Record<ModelOrder, string>> = {
  byUpdated: "updated desc",
  byName: "name asc",
  byVersions: "versions desc, updated desc",
};

export interface ModelsAddress {
  readonly text: string;
  readonly order: ModelOrder;
  /** The deleted ones instead. */
  readonly isTrash: boolean;
}

/** What the address says; nonsense is as if it were not there. */
export function parseModelsAddress(search: Readonly<Record<string, string | undefined>>): ModelsAddress {
  return {
    text: search["q"] ?? "",
    order: orders.find((order) => order === search["order"]) ?? "byUpdated",
    isTrash: search["trash"] === "1",
  };
}

export function modelList({ text, order, isTrash }: ModelsAddress) {
  const contained = containsText(text.trim());
  const filter = text.trim() === "" ? undefined : `name ILIKE ${contained} OR description ILIKE ${contained}`;
  return infiniteQueryOptions({
    queryKey: ["models", "list", text.trim(), order, isTrash],
    queryFn: ({ pageParam }) =>
      server.models.search({
        filter,
        order: orderTexts[order],
        lifecycle: isTrash ? "deleted" : "active",
        limit: PAGE,
        ...(pageParam === "" ? {} : { cursor: pageParam }),
      }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
}
