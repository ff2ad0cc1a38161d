import { isTrackerError } from "@cairn/core";
import { invalidValue } from "./errors.ts";
import { pythonRepr } from "./proto/python.ts";

interface Changed {
  readonly key: string;
  readonly old: string;
  readonly new: string;
}

/** A changed parameter in MLflow's words, which differ for one and for a batch; any other error as it is. */
export function parameterError(error: unknown, run: string, form: "single" | "batch"): unknown {
  if (!isTrackerError(error) || error.code !== "conflict" || !Array.isArray(error.details["parameters"])) return error;
  const changed = error.details["parameters"] as readonly Changed[];
  const [first] = changed;
  if (form === "single" && first !== undefined) {
    return invalidValue(
      `Changing param values is not allowed. Param with key='${first.key}' was already logged with value='${first.old}' for run ID='${run}'. Attempted logging new value '${first.new}'.`,
    );
  }
  const list = changed
    .map(
      ({ key, old, new: next }) =>
        `{'key': ${pythonRepr(key)}, 'old_value': ${pythonRepr(old)}, 'new_value': ${pythonRepr(next)}}`,
    )
    .join(", ");
  return invalidValue(
    `Changing param values is not allowed. Params were already logged='[${list}]' for run ID='${run}'.`,
  );
}
