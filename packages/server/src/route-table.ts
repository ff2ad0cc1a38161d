/** What a request found: the value of its route, and the parts of its path that are named there, decoded. */
export interface Found<T> {
  readonly value: T;
  readonly params: Readonly<Record<string, string>>;
}

export interface RouteTable<T> {
  /**
   * `path` as the contract writes it, such as `/runs/{id}/notes`: a name stands for one whole segment. A `*` at its end, which
   * is a parameter of that name, stands for all the segments that are left, at least one.
   */
  add(method: string, path: string, value: T): void;
  /** `path` as it was sent. A segment that is written out goes before a name, a name before the rest. */
  find(method: string, path: string): Found<T> | undefined;
}

interface Route<T> {
  readonly value: T;
  readonly names: readonly string[];
}

interface Node<T> {
  /** By segment; null = any. */
  readonly next: Map<string | null, Node<T>>;
  readonly ends: Map<string, Route<T>>;
  /** Routes that go on with a `*`. */
  readonly rests: Map<string, Route<T>>;
}

const NONE = Object.freeze({});

/** Finds routes by method and path. Filling it takes microseconds a route; the framework's tree compiles code for each. */
export function createRouteTable<T>(): RouteTable<T> {
  const root = createNode<T>();
  /** Paths without a name, by method: most requests go to one, and are found without a walk. */
  const plain = new Map<string, Map<string, Found<T>>>();
  return {
    add(method, path, value) {
      const names: string[] = [];
      let node = root;
      for (const segment of path.split("/")) {
        if (segment === "*") {
          node.rests.set(method, { value, names: [...names, "*"] });
          return;
        }
        const name = /^\{(\w+)\}$/.exec(segment)?.[1];
        if (name !== undefined) names.push(name);
        node = nextOf(node, name === undefined ? segment : null);
      }
      node.ends.set(method, { value, names });
      if (names.length > 0) return;
      const paths = plain.get(method) ?? new Map<string, Found<T>>();
      plain.set(method, paths.set(path, { value, params: NONE }));
    },
    find(method, path) {
      const known = plain.get(method)?.get(path);
      if (known !== undefined) return known;
      const texts: string[] = [];
      const hit = walk(root, path.split("/").map(decodeURIComponent), 0, method, texts);
      if (hit === undefined) return undefined;
      return { value: hit.value, params: Object.fromEntries(hit.names.map((name, at) => [name, texts[at] ?? ""])) };
    },
  };
}

/** @param texts gets what the names of the route stand for */
function walk<T>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  method: string,
  texts: string[],
): Route<T> | undefined {
  if (at === segments.length) return node.ends.get(method);
  const segment = segments[at] as string;
  const fixed = node.next.get(segment);
  const found = fixed && walk(fixed, segments, at + 1, method, texts);
  if (found !== undefined) return found;
  const any = node.next.get(null);
  if (any !== undefined) {
    texts.push(segment);
    const other = walk(any, segments, at + 1, method, texts);
    if (other !== undefined) return other;
    texts.pop();
  }
  const rest = node.rests.get(method);
  if (rest !== undefined) texts.push(segments.slice(at).join("/"));
  return rest;
}

function nextOf<T>(node: Node<T>, segment: string | null): Node<T> {
  const known = node.next.get(segment);
  if (known !== undefined) return known;
  const made = createNode<T>();
  node.next.set(segment, made);
  return made;
}

function createNode<T>(): Node<T> {
  return { next: new Map(), ends: new Map(), rests: new Map() };
}
