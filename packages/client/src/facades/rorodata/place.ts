import type { Services } from "@cairn/core";
import type { Serializer } from "./serializers/serializer.ts";

/** What every part of a project's interface is given. */
export interface Realm {
  readonly services: Services;
  /** The project's name. */
  readonly project: string;
  /** Put on what is saved; the server's word for the caller when undefined. */
  readonly author: string | undefined;
  /** In the order in which they are asked. */
  readonly serializers: readonly Serializer[];
}

/** A repository: its realm and its name. */
export interface Place extends Realm {
  readonly name: string;
}
