import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import { DEFAULT_PROJECT } from "./project.ts";

export const projectChanges = {
  /**
   * Gives a new record its first project and experiment. Changes nothing when they are there.
   * `location`: where clients keep the files of that experiment by themselves; null = here.
   */
  "projects.init"(context: WriteContext, input: { readonly location?: string | null }): { readonly created: boolean } {
    const { tx, at } = context;
    if (tx.list("projects", { index: "byName", prefix: [DEFAULT_PROJECT], limit: 1 }).length > 0)
      return { created: false };
    const id = nextNumber(tx, "projects");
    tx.put("projects", { id, name: DEFAULT_PROJECT, public: 1, owner: null, createdAt: at });
    tx.put("experiments", {
      id: 0,
      project: id,
      name: "Default",
      description: "",
      location: input.location ?? null,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
    });
    return { created: true };
  },
};
