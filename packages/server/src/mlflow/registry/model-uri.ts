import { clip, type Model } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { decodeStage, stages } from "./stages.ts";

/** `models:/<checkpoint id>`, `models:/<name>/<version, stage or latest>` or `models:/<name>@<alias>`. */
export type ModelUri =
  | { readonly kind: "checkpoint"; readonly id: string }
  | {
      readonly kind: "version";
      readonly name: string;
      /** What names the version in core, "0" for one that is not there. */
      refIn(model: Model): string;
    };

const NONE = "0";

/** @throws WireError for another form, and for another server's registry. */
export function parseModelUri(uri: string): ModelUri {
  const path = /^models:(?!\/\/)\/(.+)$/.exec(uri)?.[1] ?? "";
  const [name = "", suffix, ...rest] = path.split("/");
  if (name.trim() === "" || rest.length > 0 || suffix?.trim() === "") throw improper(uri);
  if (suffix === undefined) return parseSingle(name);
  if (/^\d+$/.test(suffix)) return { kind: "version", name, refIn: () => String(Number(suffix)) };
  if (suffix.toLowerCase() === "latest") return { kind: "version", name, refIn: () => "latest" };
  return {
    kind: "version",
    name,
    refIn(model) {
      const stage = stages.find((known) => known.toLowerCase() === suffix.toLowerCase());
      return String((stage && model.stages[decodeStage(stage)]) ?? NONE);
    },
  };
}

function parseSingle(part: string): ModelUri {
  const at = part.lastIndexOf("@");
  if (at < 0) return { kind: "checkpoint", id: part };
  const alias = part.slice(at + 1);
  return {
    kind: "version",
    name: part.slice(0, at),
    refIn: ({ aliases }) => (Object.hasOwn(aliases, alias) ? String(aliases[alias]) : NONE),
  };
}

function improper(uri: string): Error {
  return invalidValue(
    `Invalid model version source: '${clip(uri, 500)}'. A model is named as models:/<name>/<version>, models:/<name>@<alias> or models:/<model_id>, in this registry.`,
  );
}
