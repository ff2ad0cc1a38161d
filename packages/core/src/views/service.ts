import type { Json } from "../json.ts";
import { checkName, checkText, checkWhole } from "../limits.ts";
import { DEFAULT_PROJECT } from "../projects/project.ts";
import { encodeValue } from "../runs/values.ts";
import type { Services } from "../services.ts";
import type { RecordStore, Stamp } from "../store/port.ts";

const MAX_STATE = 65_536;
const MAX_SCREEN = 64;

export function viewService(records: RecordStore, stamp: () => Stamp): Services["views"] {
  return {
    create: async (input) =>
      records.write(
        "views.create",
        {
          project: input.project ?? DEFAULT_PROJECT,
          name: checkViewName(input.name),
          screen: checkName("A screen", input.screen, MAX_SCREEN),
          experiment: checkExperiment(input.experiment ?? null),
          state: checkState(input.state),
        },
        stamp(),
      ),
    get: async (id) => records.read("views.get", { id: checkId(id) }),
    list: async ({ project, screen, experiment } = {}) =>
      records.read("views.list", {
        project: project ?? DEFAULT_PROJECT,
        screen: screen === undefined ? undefined : checkName("A screen", screen, MAX_SCREEN),
        experiment: experiment === undefined ? undefined : checkExperiment(experiment),
      }),
    update: async (id, { name, state }) =>
      records.write(
        "views.update",
        {
          id: checkId(id),
          name: name === undefined ? undefined : checkViewName(name),
          state: state === undefined ? undefined : checkState(state),
        },
        stamp(),
      ),
    delete: async (id) => records.write("views.delete", { id: checkId(id) }, stamp()),
  };
}

function checkId(id: number): number {
  return checkWhole("A view's id", id, 0);
}

function checkViewName(name: string): string {
  return checkName("A view's name", name, 250);
}

function checkExperiment(id: number | null): number | null {
  return id === null ? null : checkWhole("An experiment's id", id, 0);
}

function checkState(state: Json): string {
  return checkText("The state of a view", encodeValue(state), MAX_STATE);
}
