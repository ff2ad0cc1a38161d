import type { Page } from "@cairn/core";

/** Every item of a list, page after page. */
export async function pageAll<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await read(cursor);
    for (const item of page.items) items.push(item);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

/** A text as a literal of the search grammar: an apostrophe in it ends nothing. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
