import module from "node:module";
import { fileURLToPath } from "node:url";

// Compiled code is kept between starts; without it, stripping types is a good part of the time to the first answer.
module.enableCompileCache(
  process.env.NODE_COMPILE_CACHE ?? fileURLToPath(new URL("../../../node_modules/.cache/node", import.meta.url)),
);

const [{ buildProgram }, { explainError }] = await Promise.all([import("./program.ts"), import("./explain-error.ts")]);

try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  const { message, status } = explainError(error);
  if (message !== "") process.stderr.write(`${message}\n`);
  process.exitCode = status;
}
