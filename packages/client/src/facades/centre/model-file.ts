import { invalid } from "@cairn/core";
import { checkModelName, checkVersionName, pipeName } from "./names.ts";
import { openCentre } from "./open-centre.ts";
import { createPipe, type Pipe } from "./pipe.ts";
import { type Centre, type Visibility, visibilities } from "./port.ts";

export interface ModelFileOptions {
  /** Letters, digits, `.`, `_` and `-`. */
  readonly modelName: string;
  /** As the name; `1.0` is one. */
  readonly version: string;
  /** A folder, or a server's URL; see `openCentre` for what it is when left out. */
  readonly centerPath?: string | Centre | null | undefined;
  /** Stored with the model; what stands, or `private`, when left out. */
  readonly visibility?: Visibility | undefined;
}

/**
 * Names a version of a model in a centre. Nothing is done before `filepipe`.
 *
 * @example
 * const test = new ModelFile({ modelName: "model_name", version: "model_version", centerPath: "./centre" });
 * const pipe = await test.filepipe();
 * await pipe.importFile("model.db", { subdir: "weights" });
 * await pipe.pullDir("model_workspace");
 */
export class ModelFile {
  readonly modelName: string;
  readonly version: string;
  readonly centre: Centre;
  readonly #visibility: Visibility | undefined;

  /** @throws invalid for names that cannot be one in every centre */
  constructor({ modelName, version, centerPath, visibility }: ModelFileOptions) {
    this.modelName = checkModelName(modelName);
    this.version = checkVersionName(version);
    pipeName(modelName, version);
    if (visibility !== undefined && !visibilities.includes(visibility))
      throw invalid(`A visibility is ${visibilities.join(" or ")}, not '${String(visibility)}'.`);
    this.centre = openCentre(centerPath ?? undefined);
    this.#visibility = visibility;
  }

  /** Registers the model and makes the version, where they are not there yet, and opens the version. */
  async filepipe(): Promise<Pipe> {
    const { centre, modelName: model, version } = this;
    const profile = await centre.register(model, this.#visibility);
    return createPipe({ centre, model, version }, profile, await centre.open(model, version));
  }
}
