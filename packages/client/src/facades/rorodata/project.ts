import { DEFAULT_PROJECT, type Model, type Services } from "@cairn/core";
import { type ActivityOptions, listActivity } from "./activity.ts";
import type { ModelImage } from "./image.ts";
import type { Realm } from "./place.ts";
import { type ModelRepository, modelRepository } from "./repository.ts";
import { bytesSerializer } from "./serializers/bytes.ts";
import { findTensorflow } from "./serializers/find-tfjs.ts";
import { jsonSerializer } from "./serializers/json.ts";
import { onnxSerializer } from "./serializers/onnx.ts";
import type { Serializer } from "./serializers/serializer.ts";
import { structuredSerializer } from "./serializers/structured.ts";
import { type Tensorflow, tfjsSerializer } from "./serializers/tfjs.ts";

export interface ProjectOptions {
  /** Put on the images that are saved. */
  readonly author?: string | undefined;
  /** Asked before our own, in this order. */
  readonly serializers?: readonly Serializer[] | undefined;
  /** TensorFlow.js, for reading its models; the one that the script would import when left out. */
  readonly tf?: Tensorflow | undefined;
}

/** Has model repositories. */
export interface Project {
  readonly name: string;
  /** Without asking the server: a name that is not there is `not_found` at the first use. */
  getModelRepository(name: string): ModelRepository;
  /** All of them, by their names. */
  listModelRepositories(): Promise<ModelRepository[]>;
  /** @throws conflict when there is one of that name; invalid for a name with `/` or `:`. */
  createModelRepository(name: string, options?: { readonly description?: string }): Promise<ModelRepository>;
  /** The images of all repositories, or of the one named, newest first. */
  getModelActivity(repository?: string | undefined, options?: ActivityOptions): Promise<ModelImage[]>;
  toString(): string;
}

/** A project of the server by its name; `default` when left out. */
export function openProject(services: Services, name = DEFAULT_PROJECT, options: ProjectOptions = {}): Project {
  const { author, tf, serializers = [] } = options;
  const own = [
    tfjsSerializer(async () => tf ?? findTensorflow()),
    onnxSerializer,
    bytesSerializer,
    jsonSerializer,
    structuredSerializer,
  ];
  const realm: Realm = { services, project: name, author, serializers: [...serializers, ...own] };
  const repositoryOf = (repository: string) => modelRepository({ ...realm, name: repository });
  return Object.freeze({
    name,
    getModelRepository: repositoryOf,
    listModelRepositories: async () =>
      (await listModels(services, name)).map(({ name: repository }) => repositoryOf(repository)),
    async createModelRepository(repository: string, { description }: { readonly description?: string } = {}) {
      await services.models.create({ project: name, name: repository, description, author });
      return repositoryOf(repository);
    },
    getModelActivity: async (repository?: string, asked?: ActivityOptions) =>
      repository === undefined ? listActivity(realm, undefined, asked) : repositoryOf(repository).getActivity(asked),
    toString: () => `<Project ${name}>`,
  });
}

async function listModels({ models }: Services, project: string): Promise<Model[]> {
  const found: Model[] = [];
  for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
    const page = await models.search({ project, order: "name", limit: 1000, cursor });
    found.push(...page.items);
    cursor = page.next ?? undefined;
  }
  return found;
}
