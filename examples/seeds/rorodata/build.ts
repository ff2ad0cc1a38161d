// Trains a model and saves it as the next version of its repository.
import { createReadStream, writeFileSync } from "node:fs";
import { getCurrentProject } from "@cairn/client/rorodata";
import { accuracyOf, train } from "./credit.ts";

const lines: string[] = [];
const model = train((line) => lines.push(line));
writeFileSync("log.txt", `${lines.join("\n")}\n`);

const project = await getCurrentProject();
const names = (await project.listModelRepositories()).map(({ name }) => name);
if (!names.includes("credit-risk")) await project.createModelRepository("credit-risk");

const repo = project.getModelRepository("credit-risk");
const image = repo.newModelImage(model);
image["Input-Data-Source"] = "s3://credit-risk-dataset-201706";
image["Accuracy"] = Number(accuracyOf(model).toFixed(2));
await image.attach("log.txt", createReadStream("log.txt", "utf8"));
await image.save({ comment: "Built new model using the data till June 2017" });

console.log(`saved ${image}`);
