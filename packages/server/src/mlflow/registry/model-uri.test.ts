import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Model } from "@cairn/core";
import fc from "fast-check";
import { WireError } from "../errors.ts";
import { parseModelUri } from "./model-uri.ts";

const model = { aliases: { live: 3 }, stages: { "": 5, Production: 4 } } as unknown as Model;

describe("a models:/ URI", () => {
  it("names a checkpoint, or a version by number, alias, stage or latest", () => {
    const refOf = (uri: string) => {
      const parsed = parseModelUri(uri);
      return parsed.kind === "checkpoint" ? `checkpoint ${parsed.id}` : `${parsed.name} ${parsed.refIn(model)}`;
    };
    const expected = {
      "models:/m-12": "checkpoint m-12",
      "models:/a b/12": "a b 12",
      "models:/m/007": "m 7",
      "models:/m/LATEST": "m latest",
      "models:/m/production": "m 4",
      "models:/m/None": "m 5",
      "models:/m/Staging": "m 0",
      "models:/m@live": "m 3",
      "models:/m@__proto__": "m 0",
      "models:/a@b@live": "a@b 3",
    };
    for (const [uri, ref] of Object.entries(expected)) assert.equal(refOf(uri), ref, uri);
  });

  it("is refused in any other form, in words", () => {
    for (const uri of ["models:", "models:/", "models://host/m/1", "models:/m/1/2", "models:/m/ ", "models:/ /1"]) {
      assert.throws(() => parseModelUri(uri), WireError, uri);
    }
    fc.assert(
      fc.property(fc.string(), (rest) => {
        try {
          const parsed = parseModelUri(`models:${rest}`);
          if (parsed.kind === "version") parsed.refIn(model);
        } catch (error) {
          assert.ok(error instanceof WireError, String(error));
        }
      }),
    );
  });
});
