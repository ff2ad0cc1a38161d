/** What a request found: the value of its route, and the parts of its path that are named there, decoded. */
export interface Found<T> {
  readonly value: T;
  readonly params: Readonly<Record<string, string>>;
}

export interface RouteTable<T> {
  /** `path` as the contract writes it, such as `/runs/{id}/notes`: a name stands for one whole segment. */
  add(method: string, path: string, value: T): void;
  /** `path` as it was sent. A segment that is written out goes before a name. */
  find(method: string, path: string): Found<T> | undefined;
}

interface Node<T> {
  /** By segment; null = any. */
  readonly next: Map<string | null, Node<T>>;
  readonly values: Map<string, { readonly value: T; readonly names: readonly string[] }>;
}

/** Finds routes by method and path. Filling it takes microseconds a route; the framework's tree compiles code for each. */
export function createRouteTable<T>(): RouteTable<T> {
  const root = createNode<T>();
  return {
    add(method, path, value) {
      const names: string[] = [];
      let node = root;
      for (const segment of path.split("/")) {
        const name = /^\{(\w+)\}$/.exec(segment)?.[1];
        if (name !== undefined) names.push(name);
        node = nextOf(node, name === undefined ? segment : null);
      }
      node.values.set(method, { value, names });
    },
    find(method, path) {
      const texts: string[] = [];
      const node = walk(root, path.split("/").map(decodeURIComponent), 0, method, texts);
      const hit = node?.values.get(method);
      if (hit === undefined) return undefined;
      return { value: hit.value, params: Object.fromEntries(hit.names.map((name, at) => [name, texts[at] ?? ""])) };
    },
  };
}

function walk<T>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  method: string,
  texts: string[],
): Node<T> | undefined {
  if (at === segments.length) return node.values.has(method) ? node : undefined;
  const segment = segments[at] as string;
  const fixed = node.next.get(segment);
  const found = fixed && walk(fixed, segments, at + 1, method, texts);
  const any = node.next.get(null);
  if (found !== undefined || any === undefined) return found;
  texts.push(segment);
  const other = walk(any, segments, at + 1, method, texts);
  if (other === undefined) texts.pop();
  return other;
}

function nextOf<T>(node: Node<T>, segment: string | null): Node<T> {
  const known = node.next.get(segment);
  if (known !== undefined) return known;
  const made = createNode<T>();
  node.next.set(segment, made);
  return made;
}

function createNode<T>(): Node<T> {
  return { next: new Map(), values: new Map() };
}
