import { errorCodes } from "@cairn/core";
import * as z from "zod";
import { once } from "./once.ts";
import type { Problem } from "./problem.ts";

export const problem = once(
  () =>
    z
      .object({
        code: z.enum(errorCodes),
        message: z.string(),
        details: z.record(z.string(), z.unknown()),
        requestId: z.string(),
      })
      .meta({ id: "Problem", description: "Every answer that is not a success." }) satisfies z.ZodType<Problem>,
);
