import { defineTexts } from "../../lib/texts.ts";

export const markdownTexts = defineTexts({
  en: { table: "Table" },
  zh: { table: "表格" },
});
