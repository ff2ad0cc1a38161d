/** The tag by which MLflow names a run. Here it is no tag: it is the name, written and read as such. */
export const RUN_NAME = "mlflow.runName";

/** Parts the name from the other tags; of a tag given twice the last counts. */
export function splitRunName(tags: readonly { readonly key: string; readonly value?: string | undefined }[]): {
  readonly name: string | undefined;
  readonly tags: Record<string, string> | undefined;
} {
  if (tags.length === 0) return { name: undefined, tags: undefined };
  const all = new Map(tags.map(({ key, value }) => [key, value ?? ""]));
  const name = all.get(RUN_NAME);
  all.delete(RUN_NAME);
  return { name, tags: all.size === 0 ? undefined : Object.fromEntries(all) };
}
