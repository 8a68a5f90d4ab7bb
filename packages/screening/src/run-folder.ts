/** A run on disk: `<folder>/<id>/` with `manifest.json`, `summary.json`, `times.json` and for each entity
 *  a folder of Parquet files. While it is being made it is `<id>.part`; the rename is the last act, so
 *  that a folder without `.part` is whole. */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, existsSync, fsyncSync, openSync } from 'node:fs';
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SqlPlan } from '@zhida/rules';
import type { Layout } from './layout.ts';
import type { RunHead } from './run-head.ts';
import type { RunSummary } from './summary.ts';

/** Sums of one item: what every other way of summing up must come to. */
export interface ItemSum {
  /** By code of the verdict. */
  readonly verdicts: readonly number[];
  readonly amountFen: bigint | null;
  readonly hardFen: bigint | null;
  readonly potentialFen: bigint;
}

export interface ResultFile {
  /** Path inside the run. */
  readonly name: string;
  readonly rows: number;
  readonly sha256: string;
  /** By item. */
  readonly sums: Readonly<Record<string, ItemSum>>;
}

export interface EntityResult {
  readonly entity: string;
  readonly en: string;
  readonly rows: number;
  /** SHA-256 of the SELECT, which is kept as `<entity>/plan.sql`. */
  readonly plan: string;
  /** Names of the package for the entity's columns: what the SELECT read. */
  readonly reads: SqlPlan['reads'];
  readonly items: SqlPlan['items'];
  readonly layout: Layout;
  readonly files: readonly ResultFile[];
  readonly sums: Readonly<Record<string, ItemSum>>;
}

/** What a run is and holds. Same package, snapshot, day, readings and items: same bytes. */
export interface Manifest {
  readonly format: 1;
  readonly head: Omit<RunHead, 'started' | 'finished' | 'parts'>;
  readonly entities: readonly EntityResult[];
  /** SHA-256 of `summary.json`. */
  readonly summary: string;
}

/** What is not the same in a second run. */
export interface Times {
  readonly started: string;
  readonly finished: string;
  readonly parts: RunHead['parts'];
}

/** A finished run. */
export interface Run {
  readonly folder: string;
  readonly head: RunHead;
  readonly manifest: Manifest;
  readonly summary: RunSummary;
}

/** Something is wrong with a stored run or with the sums of a new one; says where and what to do. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly code: RunProblem;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: RunProblem, params: Readonly<Record<string, string>>) {
    super(runProblemText(code, params, 'en'));
    this.code = code;
    this.params = params;
  }
}

export type RunProblem = keyof typeof PROBLEMS;

const PROBLEMS = {
  'no-run': {
    zh: '{folder} 不是完整的比对结果：没有 manifest.json。→ 重新运行 zhida screen',
    en: '{folder} is no finished run: it has no manifest.json. → run zhida screen again',
  },
  'file-changed': {
    zh: '{file} 的内容与清单不符（应为 {wanted}，实为 {found}）。→ 删除该结果文件夹后重新运行',
    en: '{file} is not what the manifest says ({wanted}, not {found}). → delete the run and run again',
  },
  'sums-differ': {
    zh: '{what}：两种算法的合计不一致（{one} 与 {other}），结果不予保存。→ 请报告此缺陷',
    en: '{what}: two ways of summing differ ({one} and {other}); nothing was kept. → report this defect',
  },
  'rows-differ': {
    zh: '{entity}：名册 {wanted} 行，结果 {found} 行，结果不予保存。→ 检查名册的标识是否唯一',
    en: '{entity}: {wanted} rows in the register, {found} in the result; nothing was kept. → check that identities are unique',
  },
  'package-differs': {
    zh: '结果由另一政策包（{wanted}）得出，不能用 {found} 解释。→ 使用原政策包',
    en: 'the run was made with another package ({wanted}), {found} cannot explain it. → use that package',
  },
  'snapshot-differs': {
    zh: '结果由另一快照（{wanted}）得出，不是 {found}。→ 使用原快照',
    en: 'the run was made over another snapshot ({wanted}), not {found}. → use that snapshot',
  },
  'no-subject': {
    zh: '快照的「{entity}」中没有 {id}。→ 核对标识',
    en: 'the snapshot has no {id} among {entity}. → check the identity',
  },
  'no-item': {
    zh: '没有待遇「{item}」。→ 现有：{known}',
    en: 'there is no item {item}. → there are: {known}',
  },
  person: {
    zh: '「{item}」面向个人：个人只凭本人申请进入，不作比对。→ 去掉该事项',
    en: '{item} is for persons, who enter only by their own application and are never screened. → leave it out',
  },
  'no-parameter': {
    zh: '没有参数「{name}」。→ 现有：{known}',
    en: 'there is no parameter {name}. → there are: {known}',
  },
  'no-reading': {
    zh: '口径 {id} 没有可以计算的选项 {key}。→ 可选：{known}',
    en: 'reading {id} has no alternative {key} that computes. → there are: {known}',
  },
  'no-table': {
    zh: '快照中没有政策包所问的任何对象（{wanted}）。→ 先导入名册',
    en: 'the snapshot has none of the subjects that the package asks about ({wanted}). → import the register first',
  },
  busy: {
    zh: '另一进程（{pid}）正在做同一比对。→ 等待其完成',
    en: 'another process ({pid}) is making the same run. → wait for it',
  },
} as const;

/** Cause and next step of a `RunError`. */
export function runProblemText(
  code: RunProblem,
  params: Readonly<Record<string, string>>,
  language: 'zh' | 'en',
): string {
  return PROBLEMS[code][language].replaceAll(
    /\{(\w+)\}/gu,
    (_, name: string) => params[name] ?? '',
  );
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** JSON with bigint as decimal text. The names of such fields end in `Fen` or `Scaled`. */
export function toJson(data: unknown): string {
  const plain = (_: string, v: unknown): unknown => (typeof v === 'bigint' ? v.toString() : v);
  return `${JSON.stringify(data, plain, 1)}\n`;
}

const INTEGER = /^-?\d+$/u;

/** Reads what `toJson` wrote. */
export function fromJson(json: string): unknown {
  const big = (v: unknown): unknown =>
    typeof v === 'string' && INTEGER.test(v) ? BigInt(v) : Array.isArray(v) ? v.map(big) : v;
  return JSON.parse(json, (key, v: unknown) =>
    /(?:Fen|Scaled|thresholds)$/u.test(key) ? big(v) : v,
  );
}

/** Writes a file so that it is there whole or not at all. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
}

/** Makes every file of `folder` safe against a loss of power. */
export function syncFolder(folder: string): void {
  for (const path of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const handle = openSync(join(folder, path), 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}

/** Opens a finished run. Throws RunError when it is not whole or not what was written. */
export function openRun(folder: string): Run {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) throw new RunError('no-run', { folder });
  const manifest = fromJson(readFileSync(path, 'utf8')) as Manifest;
  const file = join(folder, 'summary.json');
  const json = readFileSync(file, 'utf8');
  const found = sha256(json);
  if (found !== manifest.summary) {
    throw new RunError('file-changed', { file, wanted: manifest.summary, found });
  }
  const times = JSON.parse(readFileSync(join(folder, 'times.json'), 'utf8')) as Times;
  const head: RunHead = { ...manifest.head, ...times };
  const summary = { ...(fromJson(json) as Omit<RunSummary, 'run'>), run: head };
  return { folder, head, manifest, summary };
}

/** Compares every file of a run with its hash. Throws RunError on the first that differs. */
export async function verifyRun(run: Run): Promise<void> {
  for (const { name, sha256: wanted } of run.manifest.entities.flatMap((e) => e.files)) {
    const file = join(run.folder, name);
    const found = existsSync(file) ? await fileHash(file) : '—';
    if (found !== wanted) throw new RunError('file-changed', { file, wanted, found });
  }
}

/** The stored result of `entity`; undefined when the run has none. */
export function resultOf(run: Run, entity: string): EntityResult | undefined {
  return run.manifest.entities.find((e) => e.entity === entity);
}
