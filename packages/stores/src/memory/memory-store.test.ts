import { recordStoreSuite } from "../conformance/record-store-suite.ts";
import { memoryStore } from "./memory-store.ts";

recordStoreSuite("memory", { open: async () => memoryStore(), isDurable: false });
