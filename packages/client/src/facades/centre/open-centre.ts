import { invalid } from "@cairn/core";
import { connect } from "../../node.ts";
import { folderCentre } from "./folder/folder-centre.ts";
import type { Centre } from "./port.ts";
import { serverCentre } from "./server/server-centre.ts";

/**
 * The centre that a path names: `http://host:4600` (or `…/projects/NAME`) is a server, anything else a folder. Left out,
 * it is what `CAIRN_CENTRE` names, else the server that `CAIRN_URL` names, else the one of this machine.
 */
export function openCentre(path: string | Centre | undefined = process.env["CAIRN_CENTRE"] || undefined): Centre {
  if (typeof path === "object") return path;
  if (path === undefined) return serverAt(undefined);
  if (typeof path !== "string" || path.trim() === "" || path.includes("\0"))
    throw invalid("A centre is the path of a folder, or a server's URL such as 'http://127.0.0.1:4600'.");
  return /^https?:\/\//i.test(path) ? serverAt(path) : folderCentre(path);
}

function serverAt(path: string | undefined): Centre {
  const [, root, project] = /^(.*?)\/projects\/([^/]+)\/*$/.exec(path ?? "") ?? [];
  const client = connect({ url: root ?? path });
  return serverCentre(client, client.url, project === undefined ? undefined : decodeURIComponent(project));
}
