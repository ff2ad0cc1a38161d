import { sqliteStore } from "@cairn/stores";

/** Seals all journals and gives free pages back, as a server does in its quiet moments. The folder must be free. */
export async function settleFolder(folder: string): Promise<void> {
  const store = await sqliteStore({ folder });
  await store.settle();
  await store.close();
}
