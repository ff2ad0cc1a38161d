import { defineTexts } from "../../lib/texts.ts";

export const queryTexts = defineTexts({
  en: {
    query: "Query",
    placeholder: "metrics.loss < 0.3 AND params.lr = 0.1",
    suggestions: "Suggestions",
    clear: "Clear the query",
    help: "Tab or ↵ takes a suggestion, ↑ ↓ choose",
    kinds: {
      attribute: "run",
      metric: "metric",
      parameter: "parameter",
      tag: "tag",
      label: "label",
      dataset: "dataset",
      operator: "",
      value: "",
      keyword: "",
    } as Readonly<Record<string, string>>,
  },
  zh: {
    query: "查询",
    placeholder: "metrics.loss < 0.3 AND params.lr = 0.1",
    suggestions: "建议",
    clear: "清除查询",
    help: "Tab 或 ↵ 采用建议，↑ ↓ 选择",
    kinds: {
      attribute: "训练",
      metric: "指标",
      parameter: "参数",
      tag: "标签",
      label: "标记",
      dataset: "数据集",
      operator: "",
      value: "",
      keyword: "",
    },
  },
});
