import { spawnSync } from "node:child_process";

/** A small disk of its own at `folder`. False where this user or this machine may not mount. */
export function mountSmallDisk(folder: string, megabytes: number): boolean {
  return mount(folder, `size=${megabytes}m`);
}

/** A file system that takes no writes, not even from root. */
export function mountReadOnly(folder: string): boolean {
  return mount(folder, "ro,size=1m");
}

export function unmount(folder: string): void {
  spawnSync("umount", [folder]);
}

function mount(folder: string, options: string): boolean {
  return spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]).status === 0;
}
