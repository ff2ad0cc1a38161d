import { TrackerError } from "@cairn/core";

/** A row whose columns are not those of the tracker; the origin's AssertionError. */
export class ColumnsError extends TrackerError {
  constructor(message: string, details: Record<string, unknown>) {
    super("conflict", message, details);
    this.name = "ColumnsError";
  }
}

/** An experiment that cannot run as asked: its name is taken, its folder is in use, it knows no tracker. */
export class ModelExperimentBaseError extends TrackerError {
  constructor(message: string, details: Record<string, unknown> = {}) {
    super("conflict", message, details);
    this.name = "ModelExperimentBaseError";
  }
}

/** A step that every experiment must have was left out. */
export class NotImplementedError extends TrackerError {
  constructor(method: string) {
    super("unsupported", `${method} is not implemented; every experiment must have it.`, { method });
    this.name = "NotImplementedError";
  }
}
