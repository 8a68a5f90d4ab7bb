// What a worker asked and was told, on disk: written before it is sent, so that whoever takes over asks
// again under the same key.
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { answeredAgain } from './checks.ts';
import type { Acknowledged, Finding } from './checks.ts';
import type { Command, Reply } from './command.ts';

type Entry =
  | { readonly sent: Command }
  | { readonly key: string; readonly reply: Reply }
  | { readonly finding: Finding };

export interface Journal {
  /** Asked and not answered, as far as anyone knows. */
  readonly open: readonly Command[];
  readonly acknowledged: readonly Acknowledged[];
  /** Answers that said that the request had been done before. */
  readonly repeats: number;
  readonly findings: readonly Finding[];
}

/** Reads what was written; each line is one write, which a kill does not cut in two. */
export function readJournal(file: string): Journal {
  const sent = new Map<string, Command>();
  const first = new Map<string, Reply>();
  const findings: Finding[] = [];
  let repeats = 0;
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  for (const line of lines) {
    if (line === '') continue;
    const entry = JSON.parse(line) as Entry;
    if ('sent' in entry) sent.set(entry.sent.key, entry.sent);
    else if ('finding' in entry) findings.push(entry.finding);
    else {
      const before = first.get(entry.key);
      if (before === undefined) first.set(entry.key, entry.reply);
      else findings.push(...answeredAgain(entry.key, before, entry.reply));
      repeats += Number(entry.reply.repeated);
    }
  }
  const acknowledged = [...first].flatMap(([key, reply]) => {
    const command = sent.get(key);
    return command === undefined ? [] : [{ command, reply }];
  });
  const open = [...sent.values()].filter((c) => !first.has(c.key));
  return { open, acknowledged, repeats, findings };
}

/** Adds to the journal: what is written here outlives this process. */
export function journalWriter(file: string): { write(entry: Entry): void; close(): void } {
  const descriptor = openSync(file, 'a');
  return {
    write: (entry) => {
      writeSync(descriptor, `${JSON.stringify(entry)}\n`);
    },
    close: () => {
      closeSync(descriptor);
    },
  };
}
