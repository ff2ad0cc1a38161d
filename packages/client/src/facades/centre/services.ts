import type { Services } from "@cairn/core";

/** What the centre asks of a server. */
export type CentreServices = Pick<Services, "models" | "versions" | "versionFiles" | "uploads">;
