export { mlflowWire } from "./mlflow/mlflow.ts";
export { maintenanceWire } from "./native/maintenance.ts";
export type {
  Log,
  LogLevel,
  Principal,
  ServerInput,
  ServerOptions,
  ServiceSource,
  Wire,
  WireContext,
} from "./options.ts";
export { createServer } from "./server.ts";
