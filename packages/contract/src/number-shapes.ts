import * as z from "zod";
import { once } from "./once.ts";

export const wireNumber = once(() =>
  z
    .union([z.number(), z.literal(["NaN", "Infinity", "-Infinity"])])
    .meta({ id: "Number", description: 'A number; "NaN", "Infinity" and "-Infinity" stand for what JSON cannot say.' }),
);
