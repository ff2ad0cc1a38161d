import { pythonEnv } from "../support/python.ts";
import { runAgainstCairn, scenarioFiles } from "../support/scenarios.ts";

await pythonEnv("compat");
runAgainstCairn("the Python client of MLflow 2.22", "compat", [...scenarioFiles, "transfers.py"]);
