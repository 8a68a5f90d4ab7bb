// One measurement in a process of its own, so that its peak of memory is its own: what to do comes as JSON,
// the figures go to standard output as JSON.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSnapshot } from '@zhida/register';
import { readPackage } from '@zhida/rules';
import { screen, WhatIf } from '@zhida/screening';
import { DECIDED_ON } from '../cases.ts';
import { packageFiles } from '../load.ts';
import { cost } from './contest.ts';
import { MEMORY, openDuck, THREADS } from './duck.ts';
import { sourcesOf, statementsOf } from './sides.ts';

export interface Task {
  /** `copy`: all plans to Parquet, packed. `screen`: a run of the product with its summary.
   *  `what-if`: questions to a resident register. */
  readonly do: 'copy' | 'screen' | 'what-if';
  readonly snapshot: string;
  readonly folder: string;
}

export interface Question {
  readonly change: string;
  readonly milliseconds: number;
  readonly beforeFen: string;
  readonly afterFen: string;
}

export interface Measured {
  readonly wall: number;
  readonly cpu: number;
  /** VmHWM: the most memory that the process ever held, bytes. */
  readonly peak: number;
  /** Of a run: its parts in ms. */
  readonly parts?: readonly { readonly part: string; readonly milliseconds: number }[];
  readonly questions?: readonly Question[];
}

/** Readings that an engineer of the policy would turn, of awards over all enterprises. */
const QUESTIONS = [
  ['3.3#1', '乙'],
  ['20.5#1', '乙'],
  ['20.7#3', '乙'],
  ['4.3#1', '乙'],
] as const;

function peak(): number {
  const kilobytes =
    /VmHWM:\s+(\d+) kB/u.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return Number(kilobytes) * 1024;
}

async function copy(task: Task): Promise<Omit<Measured, 'peak'>> {
  const { ruleSet } = readPackage(packageFiles());
  const snapshot = await openSnapshot(task.snapshot, { check: false });
  const connection = await openDuck(task.folder);
  const sources = await sourcesOf(connection, ruleSet, snapshot);
  const statements = statementsOf(sources.compiled, 'packed', join(task.folder, 'out'));
  return cost(async () => {
    for (const sql of statements) await connection.run(sql);
  });
}

async function run(task: Task): Promise<Omit<Measured, 'peak'>> {
  const { ruleSet } = readPackage(packageFiles());
  const snapshot = await openSnapshot(task.snapshot, { check: false });
  const folder = join(task.folder, 'runs');
  let parts: Measured['parts'] = [];
  const time = await cost(async () => {
    const made = await screen({
      ruleSet,
      snapshot,
      asOf: DECIDED_ON,
      folder,
      memory: MEMORY,
      threads: THREADS,
    });
    ({ parts } = made.head);
  });
  return { ...time, parts };
}

async function whatIf(task: Task): Promise<Omit<Measured, 'peak'>> {
  const { ruleSet } = readPackage(packageFiles());
  const snapshot = await openSnapshot(task.snapshot, { check: false });
  const spill = join(task.folder, 'spill');
  const questions: Question[] = [];
  let resident: WhatIf | undefined;
  const time = await cost(async () => {
    resident = await WhatIf.open({
      ruleSet,
      snapshot,
      asOf: DECIDED_ON,
      spill,
      memory: MEMORY,
      threads: THREADS,
    });
  });
  if (resident === undefined) throw new Error('nothing is resident');
  for (const [id, key] of QUESTIONS) {
    // Twice: the first answer after loading also pays for cold caches.
    await resident.ask({ readings: new Map([[id, key]]) });
    const { items, milliseconds } = await resident.ask({ readings: new Map([[id, key]]) });
    const sum = (side: 'before' | 'after'): string =>
      String(items.reduce((s, i) => s + (i[side].amountFen ?? 0n), 0n));
    questions.push({
      change: `${id} → ${key}`,
      milliseconds,
      beforeFen: sum('before'),
      afterFen: sum('after'),
    });
  }
  resident.close();
  return { ...time, questions };
}

if (process.argv[2] !== undefined) {
  const task = JSON.parse(process.argv[2]) as Task;
  const doing = { copy, screen: run, 'what-if': whatIf }[task.do];
  const measured = await doing(task);
  process.stdout.write(JSON.stringify({ ...measured, peak: peak() }));
}
