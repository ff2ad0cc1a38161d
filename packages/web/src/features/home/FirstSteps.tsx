import { SERVER_URL } from "../../lib/server.ts";
import { firstRunSnippets } from "../../parts/snippets/first-run-snippets.ts";
import { Snippets } from "../../parts/snippets/Snippets.tsx";
import styles from "./HomePage.module.css";

/** How to log a first run, for the server that this page came from. */
export function FirstSteps() {
  return (
    <div className={styles.first}>
      <Snippets items={firstRunSnippets(SERVER_URL)} />
    </div>
  );
}
