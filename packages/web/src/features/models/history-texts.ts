import type { ModelEvent } from "@cairn/core";
import { defineTexts } from "../../lib/texts.ts";

interface Facts {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly version: string;
}

type Sentences = { readonly [K in ModelEvent]: (facts: Facts) => string };

/** So much of a comment or a tag's value is told. */
const LONG = 120;
const cut = (text: string) => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);

/** What happened, in words. The version's number stands before each as a link, but for a deleted one. */
export const historyTexts = defineTexts<Sentences>({
  en: {
    "alias.set": ({ name }) => `${name} was pointed here`,
    "alias.moved": ({ name, from }) => `${name} moved here from version ${from}`,
    "alias.removed": ({ name }) => `${name} no longer points here`,
    "version.created": () => "was made",
    "version.sealed": () => "was sealed",
    "version.deleted": ({ version }) => `Version ${version} was deleted`,
    "comment.changed": ({ to }) => (to === "" ? "its comment was removed" : `its comment is now “${cut(to)}”`),
    "stage.changed": ({ from, to }) =>
      to === ""
        ? `left the stage ${from}`
        : from === ""
          ? `its stage is ${to}`
          : `its stage went from ${from} to ${to}`,
    "tag.set": ({ name, to }) => `tag ${name} is “${cut(to)}”`,
    "tag.removed": ({ name }) => `tag ${name} was removed`,
  },
  zh: {
    "alias.set": ({ name }) => `${name} 指向了这个版本`,
    "alias.moved": ({ name, from }) => `${name} 从版本 ${from} 移到这里`,
    "alias.removed": ({ name }) => `${name} 不再指向这个版本`,
    "version.created": () => "已创建",
    "version.sealed": () => "已封存",
    "version.deleted": ({ version }) => `版本 ${version} 已删除`,
    "comment.changed": ({ to }) => (to === "" ? "备注已移除" : `备注改为“${cut(to)}”`),
    "stage.changed": ({ from, to }) =>
      to === "" ? `离开阶段 ${from}` : from === "" ? `阶段为 ${to}` : `阶段从 ${from} 变为 ${to}`,
    "tag.set": ({ name, to }) => `标签 ${name} 为“${cut(to)}”`,
    "tag.removed": ({ name }) => `标签 ${name} 已移除`,
  },
});
