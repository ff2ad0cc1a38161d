// `npm run example:tfjs`: fetches TensorFlow.js once (it is large, so `npm start` does not), then trains.
import { linkModules } from "./link-modules.ts";

try {
  await linkModules(import.meta.dirname);
  await import("./train.ts");
} catch (error) {
  // No server, a wrong option: the sentence says it, the stack would hide it.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
