import { safeLink } from "../../lib/safe-link.ts";

/** What a well-known tag tells of where a run came from. */
export type OriginPart =
  | "user"
  | "source"
  | "sourceType"
  | "entry"
  | "commit"
  | "branch"
  | "repository"
  | "dirty"
  | "host"
  | "environment";

export interface OriginRow {
  readonly part: OriginPart;
  /** The tag's key, as it stands. */
  readonly key: string;
  /** Behind the part's own name, for parts with several rows: `python` of `env.python`. */
  readonly name: string | undefined;
  readonly text: string;
  /** Where it can be read. */
  readonly link: string | undefined;
}

export interface Origin {
  readonly rows: readonly OriginRow[];
  /** Markdown that describes the run. */
  readonly description: string | undefined;
  /** The tags that are none of these. */
  readonly otherTags: Readonly<Record<string, string>>;
}

/** Clients put a word of their own before these, and a dot: `client.source.git.commit`. */
const PARTS: readonly (readonly [RegExp, OriginPart])[] = [
  [/^(?:\w+\.)?user$/i, "user"],
  [/^(?:\w+\.)?source\.name$/i, "source"],
  [/^(?:\w+\.)?source\.type$/i, "sourceType"],
  [/^(?:\w+\.)?project\.entryPoint$/i, "entry"],
  [/^(?:\w+\.)?(?:source\.)?git[._](?:commit|hash|sha)$/i, "commit"],
  [/^(?:\w+\.)?(?:source\.|project\.)?git[._]?branch$/i, "branch"],
  [/^(?:\w+\.)?(?:source\.)?git[._](?:repoUrl|repository|repo|remote|url)$/i, "repository"],
  [/^(?:\w+\.)?(?:source\.)?git[._](?:dirty|diff)$/i, "dirty"],
  [/^(?:host(?:name)?|machine)(?:\.(?<name>.+))?$/i, "host"],
  [/^(?:env|environment|runtime)[./](?<name>.+)$/i, "environment"],
];

const DESCRIPTION = /^(?:\w+\.)?note\.content$/i;

/** Sorts a run's tags: what tells of code and environment, what describes it, and the rest. */
export function parseOrigin(tags: Readonly<Record<string, string>>): Origin {
  const rows: OriginRow[] = [];
  const others: [string, string][] = [];
  let description: string | undefined;
  for (const [key, text] of Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (DESCRIPTION.test(key)) {
      description = text;
      continue;
    }
    const found = PARTS.map(([pattern, part]) => ({ match: pattern.exec(key), part })).find(
      ({ match }) => match !== null,
    );
    if (found === undefined || text === "") others.push([key, text]);
    else rows.push({ part: found.part, key, name: found.match?.groups?.["name"], text, link: safeLink(text) });
  }
  const repository = rows.find(({ part }) => part === "repository")?.link;
  const order = PARTS.map(([, part]) => part);
  return {
    rows: rows
      .map((row) => (row.part === "commit" ? { ...row, link: commitLink(repository, row.text) } : row))
      .sort((a, b) => order.indexOf(a.part) - order.indexOf(b.part)),
    description,
    otherTags: Object.fromEntries(others),
  };
}

/** Where the common hosts show a commit. */
function commitLink(repository: string | undefined, commit: string): string | undefined {
  if (repository === undefined || !/^[0-9a-f]{7,64}$/i.test(commit)) return undefined;
  const bare = repository.replace(/(?:\.git)?\/?$/, "");
  return `${bare}${new URL(repository).hostname.includes("gitlab") ? "/-" : ""}/commit/${commit}`;
}
