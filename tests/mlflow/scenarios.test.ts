// test-timeout: 300 s
import { pythonEnv } from "../support/python.ts";
import { runAgainstCairn } from "../support/scenarios.ts";

await pythonEnv();
runAgainstCairn("the unmodified Python client", "mlflow");
