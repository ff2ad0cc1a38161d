import { rowsSuite } from "../conformance/rows-suite.ts";
import { createMemoryRows } from "./memory-rows.ts";

rowsSuite("memory", () => ({ rows: createMemoryRows(), close: () => {} }));
