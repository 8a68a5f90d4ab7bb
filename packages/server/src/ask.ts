/** A question to the person at the terminal. */
import { createInterface } from 'node:readline/promises';
import { Stopped } from './interrupt.ts';

/** True when somebody can be asked: input and output are terminals. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Asks until one of `keys` is typed; its first character counts, an empty line is the last key.
 *  Ctrl-C or the end of the input throws Stopped. */
export async function ask(question: string, keys: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new AbortController();
  lines.once('close', () => {
    closed.abort();
  });
  lines.once('SIGINT', () => {
    lines.close();
  });
  try {
    for (;;) {
      const said = (await lines.question(question, { signal: closed.signal })).trim();
      const key = said === '' ? keys.at(-1) : said.charAt(0).toLowerCase();
      if (key !== undefined && keys.includes(key)) return key;
    }
  } catch {
    throw new Stopped();
  } finally {
    lines.close();
  }
}
