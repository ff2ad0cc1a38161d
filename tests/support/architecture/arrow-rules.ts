import { type Import, isScript, isTest, packageOf, parseImports, resolveImport, type Source } from "./imports.ts";

/** What a package may import; the reason for each line is in ARCHITECTURE.md. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  contract: ["core"],
  stores: ["core"],
  server: ["contract", "core"],
  client: ["contract", "core"],
  cli: ["server", "stores", "client", "core"],
  web: ["client", "contract", "core"],
};

/** Inside the page: what each floor may stand on, besides itself. Features do not know each other. */
const WEB_FLOORS: Readonly<Record<string, readonly string[]>> = {
  app: ["features", "parts", "ui", "lib"],
  features: ["parts", "ui", "lib"],
  parts: ["ui", "lib"],
  ui: [],
  lib: [],
};

const SHARED_STORE_FOLDERS = ["shared", "disk", "sql", "columns", "conformance", "wrap"];

const place = ({ from, line, specifier }: Import) => `${from}:${line} imports "${specifier}"`;

function allImports(files: readonly Source[]): Import[] {
  return files.filter(({ path }) => isScript(path)).flatMap((file) => [...parseImports(file)]);
}

/** Arrows between packages run one way, and only through a package's face. */
export function checkArrows(files: readonly Source[]): string[] {
  const problems: string[] = [];
  for (const one of allImports(files)) {
    const target = resolveImport(one);
    if (target === undefined) continue;
    const here = packageOf(one.from);
    const there = packageOf(target);
    if (isTest(target) && !isTest(one.from) && here !== undefined) {
      problems.push(`${place(one)}: only tests import what is made for tests`);
    } else if (there === undefined) {
      if (isTest(one.from) && target.startsWith("tests/support/")) continue;
      if (here !== undefined) problems.push(`${place(one)}: a package imports nothing outside packages/`);
    } else if (here === there) {
      if (!one.specifier.startsWith(".")) problems.push(`${place(one)}: inside a package, imports are relative`);
    } else if (one.specifier.startsWith(".")) {
      problems.push(`${place(one)}: a package is imported by its name, never by a path`);
    } else if (!isExported(files, there, one.specifier)) {
      problems.push(`${place(one)}: that is not in the package's exports; a package shows only its face`);
    } else if (here !== undefined && !(ARROWS[here] ?? []).includes(there)) {
      const allowed = (ARROWS[here] ?? []).join(", ") || "nothing";
      problems.push(`${place(one)}: ${here} may import ${allowed}`);
    }
  }
  return problems;
}

function isExported(files: readonly Source[], name: string, specifier: string): boolean {
  const manifest = files.find(({ path }) => path === `packages/${name}/package.json`);
  if (!manifest) return false;
  const entry = `.${specifier.slice(`@cairn/${name}`.length)}`;
  return Object.hasOwn(JSON.parse(manifest.text).exports ?? {}, entry);
}

/** A foreign module is imported only where its package.json names it; tests may also use the root's tools. */
export function checkDeclared(files: readonly Source[]): string[] {
  const declared = (folder: string, kinds: readonly string[]): string[] => {
    const text = files.find(({ path }) => path === `${folder}package.json`)?.text ?? "{}";
    const manifest: Record<string, object | undefined> = JSON.parse(text);
    return kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
  };
  const tools = declared("", ["devDependencies"]);
  return allImports(files).flatMap((one) => {
    const name = /^(@[^/]+\/[^/]+|[^./@][^/]*)/.exec(one.specifier)?.[1];
    const here = packageOf(one.from);
    if (name === undefined || here === undefined || name.startsWith("node:") || name === "node") return [];
    const isShipped = one.from.startsWith(`packages/${here}/src/`);
    const kinds = [
      "dependencies",
      "peerDependencies",
      "optionalDependencies",
      ...(isShipped ? [] : ["devDependencies"]),
    ];
    if (declared(`packages/${here}/`, kinds).includes(name)) return [];
    if (isTest(one.from) && tools.includes(name)) return [];
    if (name === `@cairn/${here}`) return [];
    return [`${place(one)}: packages/${here}/package.json does not name it`];
  });
}

/** Core can do nothing: no import but its own files, no clock, no chance, no machine. */
export function checkCorePurity(files: readonly Source[], blank: (text: string) => string): string[] {
  const core = files.filter(({ path }) => path.startsWith("packages/core/src/") && isScript(path) && !isTest(path));
  const forbidden =
    /\bDate\.now\b|\bMath\.random\b|\bnew Date\s*\(\s*\)|\bnew Date(?!\s*\()|(?<![.\w$])(?:process|Buffer|performance|crypto|fetch|setTimeout|setInterval|setImmediate|globalThis|require|console)\b(?!\s*\??\s*:)/g;
  const imports = allImports(core)
    .filter(({ specifier }) => !specifier.startsWith("."))
    .map((one) => `${place(one)}: core imports nothing; name what it needs as a port`);
  const uses = core.flatMap(({ path, text }) =>
    [...blank(text).matchAll(forbidden)].map((match) => {
      const line = text.slice(0, match.index).split("\n").length;
      return `${path}:${line} uses ${match[0]}: time, chance and the machine come into core by the door`;
    }),
  );
  return [...imports, ...uses];
}

/** What runs in a browser reaches no `node:` module: contract as a whole, the client's index.ts, and facades that need no file. */
export function checkBrowserSafety(files: readonly Source[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const queue = [
    "packages/client/src/index.ts",
    "packages/client/src/facades/keras/index.ts",
    "packages/contract/src/index.ts",
    ...files.map(({ path }) => path).filter((path) => /^packages\/web\/src\/.*\.tsx?$/.test(path) && !isTest(path)),
  ];
  const seen = new Set(queue);
  const problems: string[] = [];
  for (const path of queue) {
    const file = byPath.get(path);
    for (const one of file ? parseImports(file) : []) {
      if (one.specifier.startsWith("node:")) problems.push(`${place(one)}: the browser reaches this file`);
      const target = resolveImport(one);
      if (target === undefined || seen.has(target)) continue;
      seen.add(target);
      queue.push(target);
    }
  }
  return problems;
}

/** Rooms beside each other do not know each other: adapters of stores, wires of the server. Tests hold adapters side by side. */
export function checkRooms(files: readonly Source[]): string[] {
  const room = (path: string, root: string) =>
    path.startsWith(root) && path.slice(root.length).includes("/") ? path.slice(root.length).split("/")[0] : undefined;
  const strangers = (one: Import, root: string, mayShare: (from: string, to: string) => boolean) => {
    const target = resolveImport(one);
    const from = room(one.from, root);
    const to = target === undefined ? undefined : room(target, root);
    return from !== undefined && to !== undefined && from !== to && !mayShare(from, to);
  };
  return allImports(files.filter(({ path }) => !isTest(path))).flatMap((one) => {
    const isStores = strangers(one, "packages/stores/src/", (_, to) => SHARED_STORE_FOLDERS.includes(to));
    if (isStores) return [`${place(one)}: an adapter knows only itself and ${SHARED_STORE_FOLDERS.join(", ")}`];
    const wires = ["native", "mlflow"];
    const isWires = strangers(one, "packages/server/src/", (from, to) => !(wires.includes(from) && wires.includes(to)));
    return isWires ? [`${place(one)}: one wire does not know another`] : [];
  });
}

/** The page's floors: app, features, parts, then ui and lib; a feature imports no other feature, ui has no data. */
export function checkWebFloors(files: readonly Source[]): string[] {
  const root = "packages/web/src/";
  return allImports(files.filter(({ path }) => path.startsWith(root) && !isTest(path))).flatMap((one) => {
    const target = resolveImport(one);
    if (target === undefined || !target.startsWith(root)) return [];
    const [floor = "", room] = one.from.slice(root.length).split("/");
    const [otherFloor = "", otherRoom] = target.slice(root.length).split("/");
    if (floor === "features" && otherFloor === "features" && room !== otherRoom) {
      return [`${place(one)}: features do not know each other; what they share is a part`];
    }
    const allowed = WEB_FLOORS[floor];
    if (allowed === undefined || floor === otherFloor || allowed.includes(otherFloor)) return [];
    return [`${place(one)}: ${floor} may import ${allowed.join(", ") || "nothing of the other floors"}`];
  });
}

/** No file imports itself in the end; type imports count, because readers follow them too. */
export function checkCircles(files: readonly Source[]): string[] {
  const graph = new Map<string, string[]>();
  for (const file of files) {
    if (!isScript(file.path)) continue;
    const targets = parseImports(file).flatMap((one) => resolveImport(one) ?? []);
    graph.set(file.path, targets);
  }
  const problems: string[] = [];
  const state = new Map<string, "open" | "done">();
  const trail: string[] = [];
  const visit = (path: string): void => {
    state.set(path, "open");
    trail.push(path);
    for (const next of graph.get(path) ?? []) {
      if (!graph.has(next)) continue;
      if (state.get(next) === "open") problems.push([...trail.slice(trail.indexOf(next)), next].join(" → "));
      else if (!state.has(next)) visit(next);
    }
    trail.pop();
    state.set(path, "done");
  };
  for (const path of graph.keys()) if (!state.has(path)) visit(path);
  return problems;
}
