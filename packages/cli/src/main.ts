import module from "node:module";
import { join } from "node:path";

// Compiled code is kept between starts; without it, stripping types is a good part of the time to the first answer.
const modules = join(import.meta.dirname, "..", "..", "..", "node_modules");
module.enableCompileCache(process.env.NODE_COMPILE_CACHE ?? join(modules, ".cache", "node"));

const [{ buildProgram }, { explainError }] = await Promise.all([import("./program.ts"), import("./explain-error.ts")]);

try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  const { message, status } = explainError(error);
  if (message !== "") process.stderr.write(`${message}\n`);
  process.exitCode = status;
}
