// Joins the program's modules into few files: finding, reading and linking seven hundred small ones is half of a start
// (docs/decisions/0014-built-server.md). Plain JavaScript, because set-up runs it on the host's own Node.
import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILT_FOLDER, stampOf } from "@cairn/cli/built";

/** A server that runs may still load a part of the build it was started from. */
const KEPT_BUILDS = 4;

/** What every thread loads: one file, where there would be one for every set of modules that two of them share. */
const SHARED = /\/packages\/core\/src\//;

/** How a module names a place: the module of a thread by its path, a module by its package, or itself. */
const PLACES =
  /new URL\(\s*"(?<thread>\.[^"]+\.(?:ts|mjs))",\s*import\.meta\.url,?\s*\)|import\.meta\.resolve\("(?<name>[^"]+)"\)|import\.meta\.(?<own>url|dirname)\b/g;

/** What packages ask for in their first lines and a server never uses: some take longer than the package. */
const UNUSED = /\bconst (\w+) = require\(['"](node:(?:child_process|http2|https)|semver)['"]\)/g;

/** Fastify's parts for what nothing here has it do: half of all the code. They stay where they were installed. */
const LEFT_OUT = /^(?:@fastify\/(?:ajv|fast-json-stringify)-compiler|light-my-request|pino)$/;

const BUILTIN_IMPORT = /^import \{([^}]*)\} from "(node:[^"]+)";$/gm;

/**
 * Builds the program from the sources below `root`, beside earlier builds, and makes it the one that starts.
 *
 * @param {string} root the project's folder, absolute
 * @param {string} [folder] where builds lie, absolute; what the launcher looks at by default
 * @returns {Promise<void>}
 * @throws when the modules cannot be joined or written; what started before starts then
 */
export async function buildServer(root, folder = join(root, BUILT_FOLDER)) {
  const { rolldown } = await import("rolldown");
  const packages = join(root, "packages") + sep;
  const started = Date.now();
  const build = join(folder, `${started.toString(36)}-${process.pid}`);
  const bundle = await rolldown({
    cwd: root,
    platform: "node",
    external: LEFT_OUT,
    input: { main: join(packages, "cli", "src", "main.ts") },
    plugins: [keepPlaces(packages, build), delayUnused, takeBuiltins, keepNarrow],
    onLog: () => {},
  });
  try {
    await bundle.write({
      dir: build,
      entryFileNames: "[name].mjs",
      chunkFileNames: "[name]-[hash].mjs",
      comments: false,
      codeSplitting: { groups: [{ name: "core", test: SHARED }] },
    });
    const sources = (await bundle.watchFiles).filter((file) => file.startsWith(packages));
    for (const name of readdirSync(packages)) sources.push(join(packages, name, "package.json"));
    // What was installed changes with the lock file.
    sources.push(join(root, "package-lock.json"), fileURLToPath(import.meta.url));
    // Whether the build has what changed meanwhile is not known: the sources run, and the next set-up builds again.
    if (sources.some((file) => statSync(file).mtimeMs >= started)) return;
    const stamps = sources.sort().map((file) => [relative(root, file), stampOf(file)]);
    const draft = join(build, "built.json");
    const start = join(basename(build), "main.mjs");
    writeFileSync(draft, `${JSON.stringify({ start, sources: Object.fromEntries(stamps) }, null, 1)}\n`);
    renameSync(draft, join(folder, "built.json"));
  } finally {
    await bundle.close();
    dropOldBuilds(folder);
  }
}

/** What our modules say of places stays true: a thread's module is a file of the build, all else lies where it lay. */
function keepPlaces(packages, build) {
  return {
    name: "keep-places",
    transform(code, id) {
      if (!id.startsWith(packages) || !code.includes("import.meta.")) return undefined;
      const addFile = (module) => {
        const fileName = `${relative(packages, module)
          .replace(/\.\w+$/, "")
          .replaceAll(sep, "-")}.mjs`;
        this.emitFile({ type: "chunk", id: module, fileName });
        return `new URL("./${fileName}", import.meta.url)`;
      };
      const place = (path) => `new URL(${JSON.stringify(relative(build, path).replaceAll(sep, "/"))}, import.meta.url)`;
      return code.replace(PLACES, (...match) => {
        const { thread, name, own } = match.at(-1);
        if (thread !== undefined) return addFile(join(dirname(id), thread));
        if (name !== undefined) return `${addFile(createRequire(id).resolve(name))}.href`;
        if (own === "url") return `${place(id)}.href`;
        return `process.getBuiltinModule("node:url").fileURLToPath(${place(dirname(id))})`;
      });
    },
  };
}

const delayUnused = {
  name: "delay-unused",
  transform(code, id) {
    if (!id.includes("node_modules")) return undefined;
    const delayed = code.replace(UNUSED, (_, name, module) => {
      const load = module.startsWith("node:") ? "process.getBuiltinModule" : "require";
      return `const ${name} = new Proxy({}, { get: (_, name) => ${load}("${module}")[name] })`;
    });
    return delayed === code ? undefined : delayed;
  },
};

/**
 * Letters beyond ASCII are escaped (all of them are in texts and patterns): with one of them in it, the engine keeps
 * a file's text in twice the bytes.
 */
const keepNarrow = {
  name: "keep-narrow",
  generateBundle(_, bundle) {
    const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
    for (const file of Object.values(bundle)) file.code = file.code.replace(/[^\0-\x7f]/g, escaped);
  },
};

/**
 * Parts of Node are taken, not imported: an import reads every property of the part, of which some load others
 * (`node:crypto` all of Web Crypto), and goes through the loader.
 */
const takeBuiltins = {
  name: "take-builtins",
  renderChunk: (code) =>
    code.replace(BUILTIN_IMPORT, (_, names, module) => {
      const taken = names.replaceAll(" as ", ": ");
      return `const {${taken}} = process.getBuiltinModule("${module}");`;
    }),
};

/** The names begin with the time. */
function dropOldBuilds(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = entries.map(({ name }) => name).sort();
  for (const name of names.slice(0, -KEPT_BUILDS)) rmSync(join(folder, name), { recursive: true, force: true });
}
