/** What run number `index` of a made-up population has: known from the number alone, so that answers can be checked. */
export interface Member {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly metrics: Readonly<Record<string, number>>;
}

const RATES = [0.1, 0.03, 0.01, 0.003, 0.001];
const MODELS = ["resnet18", "resnet50", "vit-b16", "mlp", "unet", "gpt-small"];
const EXTRA = 16;

export const EXPERIMENTS = 10;

/** Twenty parameters and twenty metrics. */
export function memberAt(index: number): Member {
  const parameters: Record<string, number | string> = {
    lr: RATES[Math.floor(noise(index, 0) * RATES.length)] ?? 0.1,
    model: MODELS[Math.floor(noise(index, 1) * MODELS.length)] ?? "mlp",
    batch_size: 2 ** (4 + Math.floor(noise(index, 2) * 6)),
    seed: index,
  };
  const metrics: Record<string, number> = {
    acc: noise(index, 3),
    loss: noise(index, 4) * 2.5,
    "val/acc": noise(index, 5),
    "val/loss": noise(index, 6) * 2.5,
  };
  for (let extra = 0; extra < EXTRA; extra++) {
    parameters[`option_${extra}`] = Math.floor(noise(index, 10 + extra) * 100);
    metrics[`measure_${extra}`] = noise(index, 40 + extra);
  }
  return { name: `run-${index}`, parameters, metrics };
}

/** A hash of two numbers as a number in [0, 1), after the finalizer of MurmurHash3. */
function noise(index: number, place: number): number {
  let mixed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
}
