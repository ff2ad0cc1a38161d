import { defineTexts } from "../../lib/texts.ts";

/** Words for runs that several screens use. */
export const runTexts = defineTexts({
  en: {
    scheduled: "scheduled",
    running: "running",
    finished: "finished",
    failed: "failed",
    killed: "killed",
    stalled: "stalled",
    lastHeard: (age: string) => `last heard ${age}`,
    stalledFor: (age: string) => `stalled, last heard ${age}`,
  },
  zh: {
    scheduled: "已计划",
    running: "运行中",
    finished: "已完成",
    failed: "失败",
    killed: "已终止",
    stalled: "停滞",
    lastHeard: (age: string) => `最近活动 ${age}`,
    stalledFor: (age: string) => `停滞，最近活动 ${age}`,
  },
});
