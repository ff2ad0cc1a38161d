/** What marks a model as a prompt, which is one in every other respect. */
export const IS_PROMPT = "mlflow.prompt.is_prompt";

export function isPrompt(tags: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(tags, IS_PROMPT) && tags[IS_PROMPT]?.toLowerCase() === "true";
}
