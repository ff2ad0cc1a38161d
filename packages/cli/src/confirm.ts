import { createInterface } from "node:readline";

/** Asks at the terminal; anything but a yes is a no, Ctrl-C and Ctrl-D too. */
export async function confirm(question: string): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<boolean>((resolve) => {
      const breakOff = () => {
        process.stderr.write("\n");
        resolve(false);
      };
      reader.once("close", breakOff);
      reader.question(`${question} [y/N] `, (answer) => {
        reader.off("close", breakOff);
        resolve(/^y(es)?$/i.test(answer.trim()));
      });
    });
  } finally {
    reader.close();
  }
}
