/** From the workbooks of the bureaus to everybody's decision, by the commands that people use: what comes
 *  out is what the answer sheet says, which knows nothing of the engine. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const sample = join(root, 'examples/benxi/register');
const folder = mkdtempSync(join(tmpdir(), 'zhida-journey-'));
const store = join(folder, 'store');
const errors = join(folder, 'errors');

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Counts = Readonly<Record<'满足' | '不满足' | '资料不足' | '待认定', number>>;

interface Answers {
  readonly items: readonly (Counts & {
    readonly item: string;
    readonly id: string;
    readonly amountFen: string;
  })[];
  readonly caps: readonly Readonly<Record<'cap' | 'key' | 'claimedFen' | 'overFen', string>>[];
  readonly slips: readonly (Readonly<Record<'file' | 'sheet' | 'cell' | 'severity', string>> & {
    readonly row: number;
  })[];
  readonly subjects: readonly Readonly<
    Record<'table' | 'id' | 'itemId' | 'verdict' | 'item', string>
  >[];
}

interface Summary {
  readonly items: readonly {
    readonly item: string;
    readonly itemId: string;
    readonly verdicts: Counts;
    readonly amountFen: string | null;
  }[];
  readonly caps: readonly {
    readonly cap: string;
    readonly over: readonly {
      readonly key: readonly string[];
      readonly wantedFen: string;
      readonly overFen: string;
    }[];
  }[];
}

const answers = JSON.parse(readFileSync(join(sample, 'answers/answers.json'), 'utf8')) as Answers;

interface Said {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

function zhida(...words: readonly string[]): Said {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(root, 'bin/zhida.mjs'), '--lang', 'en', ...words],
    { encoding: 'utf8', cwd: folder, maxBuffer: 1 << 28 },
  );
  return { out: stdout, err: stderr, code: status };
}

function summaryOf(said: Said): Summary {
  expect(said.code, said.err).toBe(0);
  return JSON.parse(said.out) as Summary;
}

let imported: Said;
let summary: Summary;

beforeAll(() => {
  imported = zhida('import', '--store', store, '--yes', '--errors', errors, sample);
  summary = summaryOf(zhida('--json', 'screen', '--as-of', '2023-12-15', '--store', store));
}, 180_000);

describe('the sample register', () => {
  it('is imported, but for its planted rows, which come back', () => {
    expect(imported.out).toMatch(/0 refused/u);
    const slips = answers.slips.filter((s) => s.severity === 'error');
    expect(slips.length).toBeGreaterThan(5);
    for (const { file, sheet, cell, row } of slips) {
      expect(
        readdirSync(errors).some((name) => name.startsWith(file.replace(/\.[a-z]+$/u, ''))),
      ).toBe(true);
      const place = file.endsWith('.xlsx') ? `sheet ${sheet}, cell ${cell}` : `cell ${cell}`;
      // Of two rows that contradict each other the first one names the second.
      const named =
        imported.out.includes(place) || imported.out.includes(`identity of row ${row},`);
      expect(named, `${file} ${place}`).toBe(true);
    }
  });

  it.each(answers.items.map((line) => [`${line.id} ${line.item}`, line] as const))(
    'under %s is decided as the answer sheet says, to the 分',
    (_, line) => {
      const found = summary.items.find((i) => i.item === line.item);
      const { 满足: yes, 不满足: no, 资料不足: unknown, 待认定: open } = line;
      expect(found?.verdicts).toEqual({ 满足: yes, 不满足: no, 资料不足: unknown, 待认定: open });
      expect(found?.amountFen ?? '0').toBe(line.amountFen);
    },
  );

  it('is over its caps where the answer sheet says', () => {
    const over = answers.caps.filter((c) => c.overFen !== '0');
    expect(over.length).toBeGreaterThan(3);
    const found = summary.caps.flatMap(({ cap, over: keys }) =>
      keys.map((k) => ({ cap, key: k.key.join(' '), claimedFen: k.wantedFen, overFen: k.overFen })),
    );
    const told = over.map(({ cap, key, claimedFen, overFen }) => ({
      cap,
      key,
      claimedFen,
      overFen,
    }));
    const byText = (a: object, b: object): number =>
      JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
    expect(found.toSorted(byText)).toEqual(told.toSorted(byText));
  });

  it('imported again brings nothing new, and the same run is opened again', () => {
    const again = zhida('import', '--store', store, '--yes', '--errors', errors, sample);
    expect(again.out).toMatch(/0 imported, 25 skipped, 0 refused/u);
    const same = summaryOf(zhida('--json', 'screen', '--as-of', '2023-12-15', '--store', store));
    expect(same).toEqual(summary);
  });

  it('explains planted subjects, each with its verdict', () => {
    for (const verdict of ['满足', '不满足', '资料不足'] as const) {
      const one = answers.subjects.find((s) => s.verdict === verdict && s.table === '企业');
      const day = ['--as-of', '2023-12-15', '--store', store];
      const said = zhida('screen', 'why', one?.id ?? '', '--item', one?.itemId ?? '', ...day);
      expect(said.code, said.err).toBe(0);
      const words = { 满足: 'eligible', 不满足: 'not eligible', 资料不足: 'facts missing' };
      expect(said.out).toContain(words[verdict]);
    }
  });
});
