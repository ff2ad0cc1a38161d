import { checkExperimentIds } from "./checks.ts";
import { encodeLoggedModel } from "./encode-logged-model.ts";
import { invalidValue } from "./errors.ts";
import { parseModelFilter } from "./filter/model-filter.ts";
import { parseModelOrder } from "./filter/model-order.ts";
import { checkMaxResults } from "./paging.ts";
import { missing } from "./proto/decode.ts";
import type { Decoded } from "./proto/message.ts";
import type * as messages from "./proto/messages.ts";
import type { Call } from "./route.ts";

type Message = Decoded<typeof messages.searchLoggedModels>;

const DEFAULT_RESULTS = 50;

export async function searchLoggedModels({ services, locations }: Call, message: Message): Promise<object> {
  if (message.experiment_ids.length === 0) throw missing("experiment_ids");
  const datasets = message.datasets.map(({ dataset_name: name, dataset_digest: digest }) => {
    if (!name) throw invalidValue("`dataset_name` in the `datasets` clause must be specified.");
    return { name, digest: digest || null };
  });
  const search = {
    experiments: checkExperimentIds(message.experiment_ids),
    filter: parseModelFilter(message.filter ?? "", datasets),
    order: parseModelOrder(message.order_by),
    limit: checkMaxResults(message.max_results || DEFAULT_RESULTS),
    cursor: readToken(message),
  };
  const page = await services.checkpoints.search(search);
  const models: object[] = [];
  for (const one of page.items) models.push(encodeLoggedModel(one, await locations.ofCheckpoint(services, one)));
  return {
    ...(models.length === 0 ? {} : { models }),
    ...(page.next === null ? {} : { next_page_token: writeToken(message, page.next) }),
  };
}

/** What a page belongs to, beside core's cursor: clients are told which of it they changed. */
function scopeOf({ experiment_ids, filter, order_by }: Message): Readonly<Record<"ids" | "filter" | "order", string>> {
  return { ids: JSON.stringify(experiment_ids), filter: filter ?? "", order: JSON.stringify(order_by) };
}

const mismatches = {
  ids: "Experiment IDs in the page token do not match the requested experiment IDs.",
  filter: "Filter string in the page token does not match the requested filter string.",
  order: "Order by in the page token does not match the requested order by.",
} as const;

function writeToken(message: Message, cursor: string): string {
  return Buffer.from(JSON.stringify({ ...scopeOf(message), cursor })).toString("base64url");
}

function readToken(message: Message): string | undefined {
  const { page_token: text } = message;
  if (!text) return undefined;
  const token = parseToken(text);
  const scope = scopeOf(message);
  for (const part of ["ids", "filter", "order"] as const) {
    if (token[part] !== scope[part]) throw invalidValue(mismatches[part]);
  }
  return token["cursor"] as string;
}

function parseToken(text: string): Readonly<Record<string, unknown>> {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (typeof token === "object" && token !== null && typeof (token as { cursor?: unknown }).cursor === "string") {
      return token as Record<string, unknown>;
    }
  } catch {
    // Said below, for both.
  }
  throw invalidValue("Invalid page token: it is none that this server gave out. Begin again without one.");
}
