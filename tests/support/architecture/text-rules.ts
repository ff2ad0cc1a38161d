import { isScript, isTest, packageOf, type Source } from "./imports.ts";

/** Long files hide their second subject. Generated ones are exempt: they say so in their first line. */
export function checkLengths(files: readonly Source[]): string[] {
  return files.flatMap(({ path, text }) => {
    if (!(isScript(path) || path.endsWith(".py")) || /^.*\bgenerated\b/i.test(text.split("\n", 1)[0] ?? "")) return [];
    const limit = isTest(path) ? 600 : 400;
    const lines = text.trimEnd().split("\n").length;
    return lines > limit ? [`${path} has ${lines} lines; the limit is ${limit}: split it by subject`] : [];
  });
}

const HOME_OF_THE_WIRE = [
  /^packages\/server\/src\/mlflow\//,
  // The face, the forms and the composition root name the wire to mount it; the configuration names its environment variables.
  /^packages\/server\/src\/(?:index|forms)\.ts$/,
  /^packages\/cli\/src\/(?:config|assemble)(?:\.test)?\.ts$/,
  // What the page shows to be pasted into a script of that client.
  /^packages\/web\/src\/parts\/snippets\/foreign-snippets\.ts$/,
];

/** The foreign wire's name has one home in the packages: elsewhere it would be a second home for its rules. */
export function checkForeignWord(files: readonly Source[]): string[] {
  return files.flatMap(({ path, text }) => {
    if (packageOf(path) === undefined || HOME_OF_THE_WIRE.some((home) => home.test(path))) return [];
    return linesWith(text, /mlflow/i).map((line) => `${path}:${line} says "mlflow" outside the wire's own folder`);
  });
}

// Written in two halves, so that this file does not contain them.
const HOSTS = [
  ["registry.npm", "js.org"],
  ["registry.yarn", "pkg.com"],
  ["npm.pkg.", "github.com"],
  ["pypi", ".org"],
  ["pythonhosted", ".org"],
].map((halves) => halves.join(""));

const FOLDERS = ["work", "root", "home", "Users"].map((name) => `/${name}/`);

/** Where packages come from and where the clone lies differ on every machine. */
export function checkMachineWords(files: readonly Source[]): string[] {
  return files.flatMap(({ path, text }) => [
    ...HOSTS.flatMap((host) =>
      linesWith(text, host).map((line) => `${path}:${line} names the package registry ${host}`),
    ),
    ...FOLDERS.flatMap((folder) =>
      linesWith(text, new RegExp(`(?:^|[\\s"'\`(=:])${folder}\\w`)).map(
        (line) => `${path}:${line} names a folder of one machine (${folder}…)`,
      ),
    ),
  ]);
}

const UNFINISHED = ["TO" + "DO", "FIX" + "ME", "X" + "XX"];

/** Unfinished business is an issue, or it is done. */
export function checkUnfinished(files: readonly Source[]): string[] {
  const word = new RegExp(`\\b(?:${UNFINISHED.join("|")})\\b`);
  return files.flatMap(({ path, text }) => linesWith(text, word).map((line) => `${path}:${line} is left unfinished`));
}

/** Every dependency has a page that says why it came. */
export function checkDecisions(files: readonly Source[]): string[] {
  const pages = files.filter(({ path }) => path.startsWith("docs/decisions/")).map(({ text }) => text);
  return files.flatMap(({ path, text }) => {
    if (!/(?:^|\/)package\.json$/.test(path)) return [];
    const { dependencies, devDependencies, optionalDependencies, peerDependencies } = JSON.parse(text);
    const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies, ...peerDependencies });
    return names
      .filter((name) => !name.startsWith("@cairn/") && !pages.some((page) => page.includes(`\`${name}\``)))
      .map((name) => `${path} depends on ${name}, and no page in docs/decisions says why (as \`${name}\`)`);
  });
}

function linesWith(text: string, word: string | RegExp): number[] {
  const isHit = (line: string) => (typeof word === "string" ? line.includes(word) : word.test(line));
  return text.split("\n").flatMap((line, index) => (isHit(line) ? [index + 1] : []));
}
