/** Words of metrics for which less is better. */
const LESS_IS_BETTER = new Set(
  "err mse rmse mae mape msle wer cer fid nll bpb perplexity ppl time latency duration seconds bytes memory".split(" "),
);

/**
 * Whether more or less of a metric is better, read from its name: less for a loss, an error or a time, more for all else.
 *
 * @param isTurned the reader knows better.
 */
export function directionOf(key: string, isTurned = false): "up" | "down" {
  const words = key.toLowerCase().split(/[^a-z]+/);
  const isDown = words.some((word) => LESS_IS_BETTER.has(word) || word.endsWith("loss") || word.endsWith("error"));
  return isDown === isTurned ? "up" : "down";
}
