/** Which end of a metric is the better one. */
export type Better = "up" | "down";

const LESS_IS_BETTER = new Set(
  (
    "err mse rmse mae mape msle wer cer fid kid nll bpb perplexity ppl fpr fnr eer time latency duration seconds ms bytes " +
    "memory distance divergence regret"
  ).split(" "),
);
const MORE_IS_BETTER = new Set(
  (
    "acc auc auroc auprc precision recall sensitivity specificity tpr tnr score reward return iou miou dice bleu rouge psnr " +
    "ssim ndcg mrr hit hits success win wins throughput kappa mcc correlation pearson spearman speedup"
  ).split(" "),
);
/** With what they are measured at: `f1`, `mAP50`, `top5`, `rouge2`. */
const MORE_WITH_NUMBER = /^(?:m?ap\d*|f\d+|r2|top\d+|rouge\w+|bleu\d+|recall\d+|precision\d+|hits\d+)$/;
const MORE_END =
  /(?:acc|accuracy|auc|score|iou|precision|recall|reward|准确率|精确率|精度|召回率|得分|分数|奖励|命中率)$/;
const LESS_END = /(?:loss|error|rmse|perplexity|损失|误差|错误率|误报率|漏报率|困惑度|耗时|延迟)$/;

/** These tell how it was trained, not what came out. */
const BOOKKEEPING =
  /^(?:system|sys|gpu|cpu)[/._]|(?:^|[/_.])(?:lr|learning_?rate|epochs?|steps?|norm|momentum|batch_?size|samples)$/i;

/**
 * Whether more or less of a metric is better, as far as its name tells: more for accuracies, scores and rates per second,
 * less for losses, errors and times. The only judge of this on the page.
 *
 * @returns undefined where the name tells nothing: then no value of it is the best one.
 */
export function directionOf(key: string): Better | undefined {
  if (isBookkeeping(key)) return undefined;
  const words = wordsOf(key);
  if (words.includes("per") && words.some((word) => /^s(?:ec(?:ond)?)?$/.test(word))) return "up";
  if (words.some((word) => LESS_IS_BETTER.has(word) || LESS_END.test(word))) return "down";
  const isMore = words.some((word) => MORE_IS_BETTER.has(word) || MORE_WITH_NUMBER.test(word) || MORE_END.test(word));
  return isMore ? "up" : undefined;
}

/** Whether a metric tells how it was trained (a learning rate, an epoch, a processor's load), not what came out. */
export function isBookkeeping(key: string): boolean {
  return BOOKKEEPING.test(key);
}

/** Both as they are parted by signs and by capitals: `valLoss` is `val` and `loss`, `mAP50` is `map50`. */
function wordsOf(key: string): readonly string[] {
  const split = (text: string) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return [...split(key), ...split(key.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2"))];
}
