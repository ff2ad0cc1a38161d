import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "node:test";
import { ConfigError, readDataDir, readMaintained, readServeConfig, readServerUrl, wantsColours } from "./config.ts";

describe("the configuration of serve", () => {
  it("needs nothing", () => {
    assert.deepEqual(readServeConfig({}, {}), {
      host: "127.0.0.1",
      port: 4600,
      dataDir: resolve("cairn-data"),
      defaultArtifactRoot: null,
      clientRoot: null,
      artifactsDestination: null,
      staticPrefix: "",
      publicUrl: null,
      allowAnonymous: false,
      debug: false,
    });
  });

  it("lets a flag win over the environment, and the environment over the default", () => {
    const env = { CAIRN_PORT: "5001", CAIRN_DATA_DIR: "/a", CAIRN_STATIC_PREFIX: "/x/" };
    const config = readServeConfig({ port: "5002" }, env);
    assert.deepEqual([config.port, config.dataDir, config.staticPrefix], [5002, "/a", "/x"]);
  });

  it("honours MLflow's own names for what both have, after ours", () => {
    const foreign = {
      MLFLOW_DEFAULT_ARTIFACT_ROOT: "file:///srv/ml/",
      _MLFLOW_SERVER_ARTIFACT_DESTINATION: "/srv/plain",
      _MLFLOW_STATIC_PREFIX: "/ml",
    };
    const config = readServeConfig({}, foreign);
    assert.deepEqual(
      [config.defaultArtifactRoot, config.clientRoot, config.artifactsDestination, config.staticPrefix],
      ["file:///srv/ml", resolve("/srv/ml"), resolve("/srv/plain"), "/ml"],
    );
    assert.equal(readServeConfig({}, { ...foreign, CAIRN_STATIC_PREFIX: "/ours" }).staticPrefix, "/ours");
    assert.equal(readServeConfig({ staticPrefix: "/said" }, foreign).staticPrefix, "/said");
    assert.equal(readServeConfig({}, { _MLFLOW_SERVER_ARTIFACT_ROOT: "s3://bucket/x" }).clientRoot, null);
    assert.throws(
      () => readServeConfig({}, { MLFLOW_ARTIFACTS_DESTINATION: "s3://b" }),
      /MLFLOW_ARTIFACTS_DESTINATION/,
    );
  });

  it("takes an empty variable as not set", () => {
    assert.equal(readServeConfig({}, { CAIRN_PORT: "", CAIRN_DATA_DIR: " " }).port, 4600);
  });

  it("refuses an empty flag, which a shell makes of a variable that is not set", () => {
    assert.throws(() => readServeConfig({ dataDir: "" }, {}), /--data-dir needs a value/);
  });

  it("names the variable, not the flag, when the variable is wrong", () => {
    assert.throws(() => readServeConfig({}, { CAIRN_PORT: "x" }), /CAIRN_PORT='x'/);
    assert.throws(() => readServeConfig({}, { CAIRN_HOST: "0.0.0.0" }), /CAIRN_HOST=0\.0\.0\.0/);
    assert.throws(() => readServeConfig({}, { CAIRN_ALLOW_ANONYMOUS: "maybe" }), /CAIRN_ALLOW_ANONYMOUS='maybe'/);
  });

  it("takes switches from the environment in the usual words", () => {
    const isOpen = (text: string) => readServeConfig({}, { CAIRN_ALLOW_ANONYMOUS: text }).allowAnonymous;
    assert.deepEqual(["1", "TRUE", "yes", "0", "no", ""].map(isOpen), [true, true, true, false, false, false]);
  });

  it("refuses what is no port, naming it", () => {
    for (const port of ["x", "-1", "65536", "4600.5", "0x10"]) {
      assert.throws(
        () => readServeConfig({ port }, {}),
        (error) => error instanceof ConfigError && error.message.includes(`'${port}'`),
      );
    }
  });

  // Without accounts, a server on an open address gives every neighbour the right to delete.
  it("refuses to listen beyond this machine unless that is said aloud", () => {
    for (const host of ["0.0.0.0", "::", "192.168.1.5", "example.org"]) {
      assert.throws(() => readServeConfig({ host }, {}), /--allow-anonymous/);
      assert.equal(readServeConfig({ host, allowAnonymous: true }, {}).host, host);
    }
    for (const host of ["127.0.0.1", "127.8.9.10", "localhost", "::1"])
      assert.equal(readServeConfig({ host }, {}).host, host);
  });

  it("makes a folder given as artifact root a file: URI, and leaves other URIs alone", () => {
    assert.equal(readServeConfig({ defaultArtifactRoot: "/srv/art" }, {}).defaultArtifactRoot, "file:///srv/art");
    assert.equal(readServeConfig({ defaultArtifactRoot: "s3://bucket/x/" }, {}).defaultArtifactRoot, "s3://bucket/x");
    assert.equal(readServeConfig({ defaultArtifactRoot: "/a b#" }, {}).defaultArtifactRoot, "file:///a%20b%23");
  });

  // `s3://bucket` would have become the folder `./s3:/bucket`.
  it("keeps uploaded artifacts in a folder and nowhere else", () => {
    const destination = (artifactsDestination: string) =>
      readServeConfig({ artifactsDestination }, {}).artifactsDestination;
    assert.equal(destination("file:///srv/a%20b"), "/srv/a b");
    assert.equal(destination("art"), resolve("art"));
    assert.throws(() => destination("s3://bucket/x"), /--artifacts-destination 's3:\/\/bucket\/x'/);
  });

  it("wants the public address in full", () => {
    assert.equal(
      readServeConfig({ publicUrl: "https://cairn.example.org/x/" }, {}).publicUrl,
      "https://cairn.example.org/x",
    );
    for (const publicUrl of ["cairn.example.org", "ftp://x", "http://x/?a", "cairn.example.org:4600"])
      assert.throws(() => readServeConfig({ publicUrl }, {}), ConfigError, publicUrl);
  });

  it("refuses a prefix that could not be a path", () => {
    for (const staticPrefix of ["cairn", "/a b", "/../x?"]) {
      assert.throws(() => readServeConfig({ staticPrefix }, {}), ConfigError);
    }
  });
});

it("colours go to terminals only, also where CI is set, unless a person says otherwise", () => {
  const terminal = { isTTY: true };
  assert.equal(wantsColours(terminal, {}), true);
  assert.equal(wantsColours({}, { CI: "true" }), false);
  assert.equal(wantsColours(terminal, { NO_COLOR: "1", FORCE_COLOR: "1" }), false);
  assert.equal(wantsColours({}, { FORCE_COLOR: "1" }), true);
  assert.equal(wantsColours(terminal, { TERM: "dumb" }), false);
});

it("check and gc find the folder where serve puts it", () => {
  for (const env of [{}, { CAIRN_DATA_DIR: "/srv/cairn" }]) {
    assert.equal(readDataDir(undefined, env), readServeConfig({}, env).dataDir);
  }
});

describe("the server that other commands ask", () => {
  it("is the flag's, else the environment's, else this machine's", () => {
    assert.equal(readServerUrl("http://a:1/", { CAIRN_URL: "http://b:2" }), "http://a:1");
    assert.equal(readServerUrl(undefined, { CAIRN_URL: "http://b:2" }), "http://b:2");
    assert.equal(readServerUrl(undefined, {}), "http://127.0.0.1:4600");
  });

  it("must be an http address", () => {
    for (const url of ["localhost:4600", "ftp://x", "nonsense"])
      assert.throws(() => readServerUrl(url, {}), ConfigError);
  });
});

it("looks after what is named: by a flag before the environment, there a folder before a server", () => {
  const env = { CAIRN_DATA_DIR: "/a", CAIRN_URL: "http://h:1/" };
  assert.deepEqual(readMaintained({}, {}), { dataDir: resolve("cairn-data") });
  assert.deepEqual(readMaintained({}, env), { dataDir: "/a" });
  assert.deepEqual(readMaintained({}, { CAIRN_URL: env.CAIRN_URL }), { url: "http://h:1" });
  assert.deepEqual(readMaintained({ url: "http://g:2" }, env), { url: "http://g:2" });
  assert.deepEqual(readMaintained({ dataDir: "/b" }, { CAIRN_URL: env.CAIRN_URL }), { dataDir: "/b" });
  assert.throws(() => readMaintained({ url: "http://g:2", dataDir: "/b" }, {}), ConfigError);
});
