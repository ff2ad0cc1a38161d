// Provides TensorFlow.js (the packages of examples/tfjs-digits), then runs the sample:
// node examples/seeds/keras/run.ts [url] [folder for the pictures]
import { linkModules } from "../../tfjs-digits/link-modules.ts";

await linkModules(import.meta.dirname);
await import("./sample.ts");
