import { checkPolicy } from "../experiments/service.ts";
import { checkText, checkWhole } from "../limits.ts";
import { DEFAULT_PROJECT } from "../projects/project.ts";
import { checkTags } from "../runs/check.ts";
import { readSearch } from "../search/input.ts";
import type { Services } from "../services.ts";
import type { RecordStore, Stamp } from "../store/port.ts";
import { checkModelId, checkWord } from "./check.ts";
import { decodeHistoryCursor } from "./history-cursor.ts";
import { checkAlias, checkModelName } from "./names.ts";

export function modelService(records: RecordStore, stamp: () => Stamp): Services["models"] {
  return {
    create: async (input) => {
      const now = stamp();
      return records.write(
        "models.create",
        {
          project: input.project ?? DEFAULT_PROJECT,
          name: checkModelName(input.name),
          description: checkText("A description", input.description ?? ""),
          author: checkWord("An author", input.author ?? now.author),
          tags: checkTags(input.tags ?? {}),
          onConflict: checkPolicy(input.onConflict ?? "error"),
        },
        now,
      );
    },
    get: async (id) => records.read("models.get", { id: checkModelId(id) }),
    find: async (name, project) => records.read("models.find", { name, project: project ?? DEFAULT_PROJECT }),
    search: async (input = {}) =>
      records.read("models.search", { ...readSearch("model", input), project: input.project ?? DEFAULT_PROJECT }),
    update: async (id, input) =>
      records.write(
        "models.update",
        {
          id: checkModelId(id),
          name: input.name === undefined ? undefined : checkModelName(input.name),
          description: input.description === undefined ? undefined : checkText("A description", input.description),
          tags: checkTags(input.tags ?? {}),
          strict: input.strict ?? false,
        },
        stamp(),
      ),
    delete: async (id) => records.write("models.delete", { id: checkModelId(id) }, stamp()),
    restore: async (id) => records.write("models.restore", { id: checkModelId(id) }, stamp()),
    purge: async (id) => records.write("models.purge", { id: checkModelId(id) }, stamp()),
    setAlias: async (id, alias, number, reason) =>
      records.write(
        "models.setAlias",
        {
          id: checkModelId(id),
          alias: checkAlias(alias),
          number: checkWhole("A version's number", number, 0),
          reason: checkReason(reason),
        },
        stamp(),
      ),
    deleteAlias: async (id, alias, strict, reason) =>
      records.write(
        "models.deleteAlias",
        { id: checkModelId(id), alias: checkAlias(alias), strict: strict ?? false, reason: checkReason(reason) },
        stamp(),
      ),
    history: async (id, { limit, cursor } = {}) =>
      records.read("models.history", {
        id: checkModelId(id),
        limit: checkWhole("A limit", limit ?? 100, 1, 1000),
        before: cursor === undefined ? null : decodeHistoryCursor(id, cursor),
      }),
  };
}

function checkReason(reason: string | undefined): string | null {
  return reason === undefined || reason === "" ? null : checkText("A reason", reason, 2000);
}
