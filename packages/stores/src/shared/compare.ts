export { compareText } from "@cairn/core";
