// A training that ends before it says so: by running out, or by a signal. argv: url, "end", "wait" or "go on".
import { connect, startRun } from "@cairn/client/node";

const [url = "", how] = process.argv.slice(2);
const run = await startRun(connect({ url }), { name: "unfinished" });
console.log(run.id);
for (let step = 0; step < 1000; step++) run.log({ loss: step }, { step, time: step });
if (how === "wait") {
  console.log("waiting");
  setInterval(() => {}, 1000);
}
if (how === "go on") {
  console.log("waiting");
  for (let step = 1000; ; step++) {
    run.log({ loss: step }, { step, time: step });
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
