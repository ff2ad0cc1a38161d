import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import { checkName } from "../limits.ts";

/** Longest name of a model: what every wire can carry. */
const MAX_MODEL_NAME = 256;

/** The alias that moves by itself. */
export const LATEST = "latest";

const aliasPattern = /^[\p{L}\p{N}_-]{1,255}$/u;
const labelPattern = /^[\p{L}\p{N}._+-]{1,128}$/u;

/** @throws invalid unless the name can be the first part of `model:ref` and of a path. */
export function checkModelName(name: string): string {
  checkName("A model's name", name, MAX_MODEL_NAME);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds.
  if (/[/:\u0000-\u001f\u007f]/.test(name) || name === "." || name === "..") {
    throw invalid(
      `A model's name has no '/', no ':' and no control character, and is not '.' or '..': '${clip(name)}'.`,
      {
        name: clip(name),
      },
    );
  }
  return name;
}

/** @throws invalid unless the text may be set as an alias: not what could be a number, and not `latest`. */
export function checkAlias(alias: string): string {
  if (typeof alias !== "string" || !aliasPattern.test(alias) || /^[vV]?\d+$/.test(alias)) {
    throw invalid(
      `An alias is 1 to 255 letters, digits, '_' and '-', not digits alone and not 'v' with digits: '${clip(String(alias))}' is none.`,
      { alias: clip(String(alias)) },
    );
  }
  if (alias.toLowerCase() === LATEST) {
    throw invalid(
      `'${alias}' is reserved: it is the highest sealed version and moves by itself. Choose another alias.`,
      {
        alias,
      },
    );
  }
  return alias;
}

/** @throws invalid unless the text may be a version's label, and a folder's name wherever files go. */
export function checkLabel(label: string): string {
  const isOne = typeof label === "string" && labelPattern.test(label) && label !== "." && label !== "..";
  if (isOne && label.toLowerCase() !== LATEST) return label;
  throw invalid(
    `A version's label is 1 to 128 letters, digits, '.', '_', '+' and '-', such as '1.0', and not '${LATEST}': '${clip(String(label))}' is none.`,
    { label: clip(String(label)) },
  );
}
