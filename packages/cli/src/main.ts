// `cairn runs | head` closes the pipe early, which is no fault of anybody.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const [{ buildProgram }, { explainError }] = await Promise.all([import("./program.ts"), import("./explain-error.ts")]);
const args = process.argv.length > 2 ? process.argv : [...process.argv, "--help"];

try {
  await buildProgram(args[2]).parseAsync(args);
} catch (error) {
  const { message, status } = explainError(error);
  if (message !== "") process.stderr.write(`${message}\n`);
  process.exitCode = status;
}
