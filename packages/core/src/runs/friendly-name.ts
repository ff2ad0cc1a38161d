import type { IdSource } from "../ids.ts";

const adjectives =
  "able amber ample aqua bold brave brisk calm candid clear clever cosmic crisp dapper deft eager early fair fancy fleet fluent fond frank fresh gentle glad golden grand handy happy hardy honest humble jolly keen kind lively lucid lunar mellow merry mighty modest neat nimble noble olive placid polite proud quick quiet rapid ready rosy rustic serene sharp silent silver sincere smart snug solar spry stable steady subtle sunny swift tidy tranquil upbeat valiant vivid warm wise witty zesty".split(
    " ",
  );
const nouns =
  "acorn albatross alder antelope aspen badger basalt beacon bear birch bison boulder brook canyon cedar comet condor coral crane creek delta dolphin dune eagle elk elm ember falcon fern finch fjord fox gecko geyser glacier grove gull harbor hare hawk heron hill ibis island ivy jay juniper kestrel koala lagoon lake larch lark lemur lichen lynx maple marlin marten meadow mesa moose moss newt oak ocelot orca osprey otter owl panda pebble pine plover poplar puffin quartz quail rapids raven reef ridge river robin rowan seal shore sparrow spruce stork summit swan tern thistle tiger trout tundra valley walrus willow wolf wren yak".split(
    " ",
  );

/** A name that a person can say and remember, such as `keen-otter-412`; not unique. */
export function friendlyName(ids: IdSource): string {
  const pick = (words: readonly string[]) => words[ids.below(words.length)] ?? "run";
  return `${pick(adjectives)}-${pick(nouns)}-${ids.below(1000)}`;
}
