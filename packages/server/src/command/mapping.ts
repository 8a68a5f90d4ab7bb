/** `zhida mapping`: what the headings of an unknown form seem to mean, as a mapping to check and keep. */
import { importProblemText, mappingText, readFile } from '@zhida/register';
import type { Proposal } from '@zhida/register';
import { knownMappings } from '../import-files.ts';
import { loadPackage } from '../package-folder.ts';
import { tell } from '../phrases.ts';
import { registerWords as words } from '../register-words.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError, shown, writePage } from '../usage.ts';
import { printProposal } from './mapping-report.ts';

export interface MappingArgs {
  readonly file: string;
  readonly package: string;
  readonly store: string;
  readonly mappings: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

function print(args: MappingArgs, proposal: Proposal, t: Terminal): void {
  const l = t.language;
  const file = shown(args.file);
  if (args.json) t.print(JSON.stringify(proposal, null, 2));
  else printProposal(proposal, t);
  if (args.out === undefined) {
    if (!args.json) t.print(tell(words.mappingOut, l));
    return;
  }
  writePage(args.out, mappingText(proposal.mapping));
  if (!args.json) t.print(tell(words.mappingWritten, l, { path: shown(args.out), file }));
}

/** Proposes a mapping. Returns the exit code: 0; 1 when the file is refused or looks like no table. */
export async function mapping(args: MappingArgs, t: Terminal): Promise<number> {
  const l = t.language;
  const { ruleSet } = loadPackage(args.package);
  const { file, store } = args;
  const places = { files: [], folder: args.mappings, imported: [file], store };
  const { mappings } = knownMappings(places);
  const known = await readFile(file, { ruleSet, mappings });
  if (known.refused !== true) await known.close?.();
  // A form that is known is proposed for as well, by what other forms taught.
  const unseen = mappings.map((m) => ({ ...m, recognise: [] }));
  const reading =
    known.refused === true ? known : await readFile(file, { ruleSet, mappings: unseen });
  if (reading.refused !== true) {
    await reading.close?.();
    throw new UsageError('no-mapping-needed', { file: shown(file) });
  }
  if (known.refused !== true && !args.json) {
    t.print(tell(words.mappingKnown, l, { source: known.source.name }));
  }
  if (reading.proposal !== null) {
    print(args, reading.proposal, t);
    return 0;
  }
  if (reading.problems.some((p) => p.code === 'mapping-unknown')) {
    throw new UsageError('mapping-none', { file: shown(file) });
  }
  for (const p of reading.problems) {
    const { cause, mend } = importProblemText(p, l);
    process.stderr.write(`${shown(file)}  ${cause}${mend === '' ? '' : `\n    → ${mend}`}\n`);
  }
  return 1;
}
