import { recordStoreSuite } from "../conformance/record-store-suite.ts";
import { sqliteStore } from "./sqlite-store.ts";

recordStoreSuite("sqlite", { open: (folder) => sqliteStore({ folder }), isDurable: true });
