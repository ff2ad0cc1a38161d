export { filesystemBlobs } from "./filesystem/blobs.ts";
export { memoryBlobs } from "./memory/blobs.ts";
export { memoryStore } from "./memory/memory-store.ts";
export { buildSqliteSchema } from "./sqlite/schema.ts";
export { type SqliteStore, type SqliteStoreOptions, sqliteStore } from "./sqlite/sqlite-store.ts";
export { casTree } from "./trees/cas.ts";
export { directoryTree } from "./trees/directory.ts";
export { fileRootTree } from "./trees/file-root.ts";
