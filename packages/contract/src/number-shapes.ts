import * as z from "zod";

export const wireNumber = z
  .union([z.number(), z.literal(["NaN", "Infinity", "-Infinity"])])
  .meta({ id: "Number", description: 'A number; "NaN", "Infinity" and "-Infinity" stand for what JSON cannot say.' });
