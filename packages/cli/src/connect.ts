import { createClient } from "@cairn/client/node";
import { isTrackerError, type Services, TrackerError } from "@cairn/core";
import { readServerUrl } from "./config.ts";
import { strangerAt } from "./stranger-at.ts";

/** The services of the server that the command line or environment names. An unreachable one is explained. */
export function connect(flag: string | undefined): Services {
  const url = readServerUrl(flag, process.env);
  const services = createClient(url, { retries: 1 });
  return explain(services, url);
}

type Method = (...inputs: unknown[]) => Promise<unknown>;

/** "unavailable" from the network says little; the person needs to know which server, and how to start it. */
function explain(services: Services, url: string): Services {
  const nouns = Object.entries(services).filter(([, methods]) => typeof methods === "object");
  const explained = nouns.map(([noun, methods]) => {
    const wrapped = Object.entries(methods as Record<string, Method>).map(([name, method]) => [
      name,
      wrap(method, url),
    ]);
    return [noun, Object.fromEntries(wrapped)];
  });
  return Object.fromEntries(explained) as Services;
}

function wrap(method: Method, url: string): Method {
  return async (...inputs) => {
    try {
      return await method(...inputs);
    } catch (error) {
      throw explainAnswer(error, url) ?? error;
    }
  };
}

function explainAnswer(error: unknown, url: string): TrackerError | undefined {
  // Not JSON, or a refusal that is not worded as ours are: something else listens there.
  const isStranger =
    error instanceof SyntaxError || (isTrackerError(error) && typeof error.details["status"] === "number");
  if (isTrackerError(error) && error.details["unreachable"] === true) {
    const message = `No server answers at ${url}. Start one with: cairn serve, or npm start in the clone; or name another with --url.`;
    return new TrackerError("unavailable", message, {}, { cause: error });
  }
  if (!isStranger) return undefined;
  return strangerAt(url, error);
}
