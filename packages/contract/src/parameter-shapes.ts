import type { Parameter, ParameterInput } from "@cairn/core";
import * as z from "zod";
import { json } from "./common.ts";
import { shapeOf } from "./endpoint.ts";
import { once } from "./once.ts";

export const parameterInput = once(() =>
  shapeOf<ParameterInput>()({
    group: z.string().optional().meta({ description: "Its flat key is then `group/key`." }),
    key: z.string(),
    value: json(),
  }).meta({ id: "ParameterInput" }),
);

export const parameter = once(() =>
  shapeOf<Parameter>()({
    group: z.string().meta({ description: '"" when it has none.' }),
    key: z.string(),
    value: json(),
  }).meta({ id: "Parameter" }),
);
