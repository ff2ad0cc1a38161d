import { workerData } from "node:worker_threads";
import { boot } from "../boot.mjs";

// What every thread begins with.
const { entry, compileCache } = workerData;
boot(compileCache, entry);
await import(entry);
