// The sample of seed 002, its tutorial on files: `node examples/seeds/002-files/sample.ts [CENTRE]`.
// CENTRE is a folder or a server's URL; left out, it is the server that CAIRN_URL names, else the one of this machine.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APILocal, listProfiles, ModelFile } from "@cairn/client/centre";

const [centerPath] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "model-workspace-"));
writeFileSync(join(work, "model.db"), "weights");
writeFileSync(join(work, "train.py"), "print('hello')");

const test = new ModelFile({ modelName: "model_name", version: "model_version", centerPath });
const pipe = await test.filepipe();
await pipe.importFile(join(work, "model.db"));
await pipe.importFile(join(work, "model.db"), { subdir: "backup", move: false });
await pipe.importDir(work, { subdir: "code" });

console.log(await pipe.scanLocal({ include: "*.py", sortby: "mod", attributes: true }));
console.log(pipe.dir, pipe.filerepo);
console.log(await pipe.pullFile("model.db", join(work, "pulled")));
console.log(await pipe.pullDir(join(work, "pulled")));
await pipe.deleteFilesLocal({ files: ["backup/model.db"], confirm: false, ignoreErrors: false });
console.log(pipe.config);
console.log(await APILocal({ profile: "model_name", centerPath }).listLocalPipes());
console.log(await listProfiles({ centerPath }));
