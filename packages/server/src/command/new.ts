/** `zhida new`: a package folder from a published text, quotes in place, every gap marked. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { draftPackage } from '@zhida/rules';
import { loadPackage, readUtf8 } from '../package-folder.ts';
import { UsageError, shown, writePage } from '../usage.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../words.ts';

export function create(textFile: string, folder: string, t: Terminal): number {
  const text = readUtf8(textFile);
  if (text.trim() === '') throw new UsageError('empty', { file: shown(textFile) });
  const base = resolve(folder);
  if (existsSync(base) && (!statSync(base).isDirectory() || readdirSync(base).length > 0)) {
    throw new UsageError('folder-not-empty', { file: shown(base) });
  }
  for (const file of draftPackage(text, basename(base))) {
    const path = join(base, file.path);
    writePage(path, file.text);
  }
  const { coverage, problems } = loadPackage(base);
  const l = t.language;
  t.print(`→ ${shown(base)}`);
  const { sentences, numbers } = coverage;
  t.print(
    `${say('sentences', l)} ${sentences.bound}/${sentences.all}, ${say('numbers', l)} ${numbers.bound}/${numbers.all} ${say('bound', l)}`,
  );
  const differs = problems.some((p) => p.code === 'text-differs' || p.code === 'source-hash');
  t.print(
    l === 'zh'
      ? `接着：在每个引文段下写块，然后 zhida check ${shown(base)}`
      : `next: write a block under each blockquote, then zhida check ${shown(base)}`,
  );
  return differs ? 1 : 0;
}
