/** A run: every subject of the snapshot under every item, decided as sets, kept as Parquet. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keepPlan, rangesOf, runChunk, tidyChunks } from './chunks.ts';
import type { Task } from './chunks.ts';
import { lock } from './lock.ts';
import { LABELS, headOf, plansOf, runId } from './plans.ts';
import type { EntityPlan, Labels, Question } from './plans.ts';
import {
  RunError,
  fromJson,
  openRun,
  sha256,
  syncFolder,
  toJson,
  writeWhole,
} from './run-folder.ts';
import type { EntityResult, ItemSum, Manifest, ResultFile, Run, Times } from './run-folder.ts';
import { Duck } from './duck.ts';
import { MEASURED_AT_MOST } from './near.ts';
import { summarise } from './summarise.ts';
import type { RunHead } from './run-head.ts';
import { storedTable } from './views.ts';

/** Where a run stands. */
export interface Progress {
  /** `decide`: rows of the entity; `summary`: items summed up. */
  readonly part: 'decide' | 'summary';
  readonly entity: string;
  readonly done: number;
  readonly total: number;
  /** Rows a second so far, chunks that an earlier attempt had finished not counted; 0: not known. */
  readonly perSecond: number;
  /** Seconds left at this speed; null: not known. */
  readonly secondsLeft: number | null;
}

export interface ScreenOptions extends Question {
  /** Folder of runs; the run stands in `<folder>/<id>`. */
  readonly folder: string;
  readonly labels?: Labels;
  /** `certified` when somebody proved this engine equal to the rules for this package. */
  readonly mark?: RunHead['mark'];
  /** Memory that DuckDB may take before it spills: `3GB`. */
  readonly memory?: string;
  readonly threads?: number;
  /** Subjects decided at once. */
  readonly chunkRows?: number;
  /** Refused subjects of one condition that the rules engine measures one by one for the near misses. */
  readonly measuredAtMost?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** Time of day for the head of the run, ISO 8601. */
  readonly now?: () => string;
}

/** Eight row groups: some seconds of work, some hundred megabytes. */
const CHUNK_ROWS = 983_040;

class Meter {
  readonly #total: number;
  readonly #tell: (progress: Progress) => void;
  readonly #began = performance.now();
  #done = 0;
  #worked = 0;

  constructor(total: number, tell: (progress: Progress) => void) {
    this.#total = total;
    this.#tell = tell;
  }

  add(entity: string, rows: number, kept: boolean): void {
    this.#done += rows;
    if (!kept) this.#worked += rows;
    const seconds = (performance.now() - this.#began) / 1000;
    const perSecond = seconds > 0 ? this.#worked / seconds : 0;
    this.#tell({
      part: 'decide',
      entity,
      done: this.#done,
      total: this.#total,
      perSecond,
      secondsLeft: perSecond > 0 ? (this.#total - this.#done) / perSecond : null,
    });
  }
}

function addSums(files: readonly ResultFile[], items: readonly string[]): EntityResult['sums'] {
  const add = (a: bigint | null, b: bigint | null): bigint | null =>
    a === null || b === null ? null : a + b;
  const plus = (a: ItemSum, b: ItemSum): ItemSum => ({
    verdicts: a.verdicts.map((n, code) => n + (b.verdicts[code] ?? 0)),
    amountFen: add(a.amountFen, b.amountFen),
    hardFen: add(a.hardFen, b.hardFen),
    potentialFen: a.potentialFen + b.potentialFen,
  });
  return Object.fromEntries(
    items.flatMap((item) => {
      const [first, ...rest] = files.flatMap((f) => f.sums[item] ?? []);
      return first === undefined ? [] : [[item, rest.reduce(plus, first)] as const];
    }),
  );
}

/** Decides one entity. Throws RunError when somebody is left out or decided twice. */
async function runEntity(
  duck: Duck,
  p: EntityPlan,
  o: ScreenOptions,
  task: Task,
  meter: Meter,
): Promise<EntityResult> {
  keepPlan(task);
  const files: ResultFile[] = [];
  const ranges = await rangesOf(duck, task, o.snapshot);
  for (const [n, range] of ranges.entries()) {
    const { kept, ...file } = await runChunk(duck, task, o.snapshot, range, n);
    files.push(file);
    meter.add(p.entity, file.rows, kept);
  }
  const rows = files.reduce((sum, f) => sum + f.rows, 0);
  const wanted = storedTable(o.snapshot, p.entity)?.rows ?? 0;
  if (rows !== wanted) {
    const params = { entity: p.entity, wanted: String(wanted), found: String(rows) };
    throw new RunError('rows-differ', params);
  }
  const { entity, en, plan, layout, sha256: hash } = p;
  const sums = addSums(
    files,
    plan.items.map((i) => i.item),
  );
  return {
    entity,
    en,
    rows,
    plan: hash,
    reads: plan.reads,
    items: plan.items,
    layout,
    files,
    sums,
  };
}

/** Folder of an unfinished attempt; what another question left there is thrown away. */
function attempt(folder: string, plans: readonly EntityPlan[], chunkRows: number): void {
  mkdirSync(folder, { recursive: true });
  const mark = sha256(JSON.stringify([chunkRows, ...plans.map((p) => [p.sha256, p.layout])]));
  const path = join(folder, 'attempt');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (before !== mark)
    for (const p of plans) rmSync(join(folder, p.entity), { recursive: true, force: true });
  writeWhole(path, mark);
}

async function decideAll(
  duck: Duck,
  o: ScreenOptions,
  part: string,
  plans: readonly EntityPlan[],
): Promise<readonly EntityResult[]> {
  const total = plans.reduce((sum, p) => sum + (storedTable(o.snapshot, p.entity)?.rows ?? 0), 0);
  const meter = new Meter(total, (p) => o.onProgress?.(p));
  const results: EntityResult[] = [];
  for (const p of plans) {
    const { plan, layout, whole } = p;
    const chunkRows = o.chunkRows ?? CHUNK_ROWS;
    const task = { plan, layout, whole, chunkRows, folder: part, name: p.entity };
    const result = await runEntity(duck, p, o, task, meter);
    results.push(result);
  }
  return results;
}

class Clock {
  readonly parts: { readonly part: string; readonly milliseconds: number }[] = [];

  async time<T>(part: string, work: () => T | Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.parts.push({ part, milliseconds: Math.round(performance.now() - began) });
    return result;
  }
}

function tell(o: ScreenOptions, done: number, total: number, entity: string): void {
  o.onProgress?.({ part: 'summary', entity, done, total, perSecond: 0, secondsLeft: null });
}

function openDuck(o: ScreenOptions, spill: string): Promise<Duck> {
  return Duck.open({
    spill,
    ...(o.memory === undefined ? {} : { memory: o.memory }),
    ...(o.threads === undefined ? {} : { threads: o.threads }),
    ...(o.signal === undefined ? {} : { signal: o.signal }),
  });
}

/** What is asked, compiled, and the times that it takes. */
interface Work {
  readonly o: ScreenOptions;
  readonly plans: readonly EntityPlan[];
  readonly clock: Clock;
  readonly started: string;
}

async function make({ o, plans, clock, started }: Work, part: string): Promise<void> {
  attempt(part, plans, o.chunkRows ?? CHUNK_ROWS);
  const duck = await openDuck(o, join(part, 'spill'));
  try {
    const entities = await clock.time('decide', () => decideAll(duck, o, part, plans));
    const rows = entities.map((e) => e.rows);
    const summary = await clock.time('summary', () =>
      summarise(
        duck,
        o,
        {
          folder: part,
          entities,
          labels: o.labels ?? LABELS,
          measuredAtMost: o.measuredAtMost ?? MEASURED_AT_MOST,
          onItem: (done, total, entity) => tell(o, done, total, entity),
        },
        plans.map((p) => ({ entity: p.entity, sql: p.plan.sql })),
      ),
    );
    const json = toJson(summary);
    writeWhole(join(part, 'summary.json'), json);
    const head = headOf(o, plans, rows, markOf(o));
    const manifest: Manifest = { format: 1, head, entities, summary: sha256(json) };
    const times: Times = { started, finished: nowOf(o), parts: clock.parts };
    writeWhole(join(part, 'times.json'), toJson(times));
    writeWhole(join(part, 'manifest.json'), toJson(manifest));
  } finally {
    duck.close();
  }
}

const nowOf = (o: ScreenOptions): string => o.now?.() ?? new Date().toISOString();
const markOf = (o: ScreenOptions): RunHead['mark'] => o.mark ?? 'trial';

/** The last acts, the same for a run just made and for one that was killed before them. */
function publish(part: string, folder: string): void {
  const { entities } = fromJson(readFileSync(join(part, 'manifest.json'), 'utf8')) as Manifest;
  for (const e of entities) tidyChunks(part, e.files);
  for (const name of ['spill', 'attempt'])
    rmSync(join(part, name), { recursive: true, force: true });
  syncFolder(part);
  renameSync(part, folder);
}

/** Runs a package over a snapshot. A run that was made before is opened, not made again; one that was
 *  killed goes on where it was. Throws `Cancelled` when the signal fires, `RunError` when sums or rows do
 *  not agree, the refusals of the snapshot, and what the compiler refuses. */
export async function screen(o: ScreenOptions): Promise<Run> {
  const started = nowOf(o);
  const clock = new Clock();
  const plans = await clock.time('compile', () => plansOf(o, o.labels ?? LABELS));
  const folder = join(o.folder, runId(o, plans, markOf(o)));
  if (existsSync(folder)) return openRun(folder);
  const part = `${folder}.part`;
  mkdirSync(part, { recursive: true });
  const release = lock(`${folder}.lock`);
  try {
    if (!existsSync(join(part, 'manifest.json'))) await make({ o, plans, clock, started }, part);
    publish(part, folder);
  } finally {
    release();
  }
  return openRun(folder);
}
