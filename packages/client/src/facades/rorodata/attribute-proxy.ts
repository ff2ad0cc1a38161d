import { invalid, type Json } from "@cairn/core";

/** Metadata as a dictionary. */
export interface Dictionary {
  get(key: string): Json | undefined;
  set(key: string, value: Json): void;
  has(key: string): boolean;
  delete(key: string): boolean;
}

/**
 * An object whose unknown attributes are the entries of a dictionary: `image.Accuracy` and `image["Input-Data-Source"]`.
 * Its own attributes come first; an entry of such a name is reached with `get` and `set` only.
 */
export function withAttributes<T extends object>(own: T, dictionary: Dictionary): T & Record<string, Json> {
  // Without a prototype: an entry may be named `constructor`.
  const target: T = Object.create(null, Object.getOwnPropertyDescriptors(own));
  const isEntry = (key: string | symbol): key is string => typeof key === "string" && !(key in target);
  return new Proxy(target, {
    get: (_, key) => (isEntry(key) ? dictionary.get(key) : Reflect.get(target, key)),
    has: (_, key) => (isEntry(key) ? dictionary.has(key) : true),
    set(_, key, value: Json) {
      if (!isEntry(key)) {
        throw invalid(
          `'${String(key)}' is an attribute of the image itself. For metadata of this name write: image.set("${String(key)}", …)`,
        );
      }
      dictionary.set(key, value);
      return true;
    },
    deleteProperty(_, key) {
      if (!isEntry(key)) throw invalid(`'${String(key)}' is an attribute of the image itself and stays.`);
      return dictionary.delete(key);
    },
  }) as T & Record<string, Json>;
}
