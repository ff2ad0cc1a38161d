// Takes the latest version of the model and asks it about an applicant.
import { getCurrentProject } from "@cairn/client/rorodata";
import { type CreditModel, predict } from "./credit.ts";

const project = await getCurrentProject();
const repo = project.getModelRepository("credit-risk");
const image = await repo.getModelImage({ tag: "latest" });
const model = await image.getModel<CreditModel>();

console.log(image.getSummary());
console.log(`risk ${predict(model, { debt: 0.8, late: 0.3 }).toFixed(4)}`);
