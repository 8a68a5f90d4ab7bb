/** Goal: on the terminal amounts of different kinds are never added up, and a wrong --memory is named. Method:
 *  districts with one amount of each kind are printed; sizes are asked for that are none. */
import type { RuleSet } from '@zhida/rules';
import type { RunSummary } from '@zhida/screening';
import { expect, it, vi } from 'vitest';
import { printDistricts } from '../src/command/screen-report.ts';
import type { Report } from '../src/command/screen-report.ts';
import { questionOf } from '../src/command/screen.ts';
import { Terminal } from '../src/terminal.ts';
import { UsageError } from '../src/usage.ts';

it('prints each kind of amount of a district in a column of its own', () => {
  const money = {
    exactlyFen: 1_00n,
    atMostFen: 20_00n,
    atLeastFen: 300_00n,
    softAtMostFen: 4000_00n,
    potentialFen: 50000_00n,
  };
  const district = { name: { zh: '甲区', en: '' }, granted: 4, undecided: 1, money };
  const summary = { districts: [district], items: [] } as unknown as RunSummary;
  const lines: string[] = [];
  const t = new Terminal('en');
  const print = vi.spyOn(t, 'print').mockImplementation((line = '') => void lines.push(line));
  printDistricts({ summary, names: {} as Report['names'], t });
  print.mockRestore();
  expect(lines.at(-1)).toMatch(/甲区 +4 +1元 +20元 +300元 +4,000元 +1 +50,000元/u);
});

it('takes a size of memory, and names what is none', () => {
  const ask = (memory: string): unknown => {
    const asked = { asOf: '2023-12-15', items: [], readings: [], memory };
    return questionOf(asked as unknown as Parameters<typeof questionOf>[0], {} as RuleSet);
  };
  for (const size of ['3XB', '-1GB', '0GB', '3', 'much'])
    expect(() => ask(size)).toThrow(UsageError);
  expect(ask('800MB')).toMatchObject({ asOf: '2023-12-15' });
});
