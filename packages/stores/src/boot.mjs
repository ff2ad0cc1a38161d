import { enableCompileCache, registerHooks } from "node:module";

/** Packages whose relative imports name whole files, each an ES module: our own, and the largest we load. */
const WHOLE_NAMES = /\/packages\/[a-z]+\/src\/|\/node_modules\/zod\//;

/**
 * What every process and every thread of ours begins with, because it is half of the time until the rest is loaded.
 * Plain JavaScript: a TypeScript file that is loaded before the compile cache is there loads the whole type stripper.
 *
 * @param compileCache the folder where compiled code is kept between starts; the cache is per thread
 * @param entry the module that comes next: a build's few files are found quickly without help
 */
export function boot(compileCache, entry) {
  if (compileCache !== undefined) enableCompileCache(compileCache);
  if (entry.endsWith(".ts")) registerHooks({ resolve: resolveWholeName });
}

/** Several hundred files are loaded; Node would look for each on the disk, follow its links and read its package.json. */
function resolveWholeName(specifier, context, next) {
  const { parentURL } = context;
  if (specifier.startsWith(".") && parentURL !== undefined && WHOLE_NAMES.test(parentURL)) {
    const format = formatOf(specifier);
    if (format !== undefined) return { url: new URL(specifier, parentURL).href, format, shortCircuit: true };
  }
  return next(specifier, context);
}

function formatOf(name) {
  if (name.endsWith(".ts")) return "module-typescript";
  return name.endsWith(".js") ? "module" : undefined;
}
