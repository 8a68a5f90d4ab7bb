/** Goal: whoever waits sees how far it is, and a log is not flooded. Method: lines are made from figures, and
 *  a bar is drawn on streams that are a terminal and are not. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Progress, durationText, grouped, progressLine } from '../src/progress.ts';
import { width } from '../src/terminal.ts';

function stream(
  isTTY: boolean,
  columns: number,
): { stream: NodeJS.WriteStream; text: () => string } {
  const pipe = new PassThrough();
  let text = '';
  pipe.on('data', (data: Buffer) => (text += data.toString()));
  const made = Object.assign(pipe, { isTTY, columns }) as unknown as NodeJS.WriteStream;
  return { stream: made, text: () => text };
}

describe('a line of progress', () => {
  const step = { label: '判定 企业', done: 250_000, total: 1_000_000, perSecond: 50_000 };

  it('has bar, percent, rows, rows a second and the time left', () => {
    const zh = progressLine({ ...step, secondsLeft: 15 }, 'zh');
    expect(zh).toBe(
      '判定 企业  ██████░░░░░░░░░░░░░░░░░░   25 %  250,000/1,000,000  50,000 行/秒  还要 15秒',
    );
    const en = progressLine({ ...step, secondsLeft: 95 }, 'en');
    expect(en).toContain('50,000 rows/s  1 min 35 s left');
  });

  it('leaves out what nobody knows', () => {
    const open = { label: 'x', done: 7, total: undefined, perSecond: 0, secondsLeft: null };
    expect(progressLine(open, 'en')).toBe('x  7');
    expect(progressLine({ ...open, done: 0 }, 'en')).toBe('x');
    expect(progressLine({ ...step, total: 0, secondsLeft: null }, 'en')).not.toContain('NaN');
  });

  it('never says that it is done before it is', () => {
    const almost = { ...step, done: 999_999, secondsLeft: 0 };
    expect(progressLine(almost, 'en')).toContain(' 99 %');
    expect(grouped(1_234_567)).toBe('1,234,567');
    expect(durationText(0.2, 'zh')).toBe('1秒');
  });
});

describe('a bar', () => {
  it('stays silent for quick work, on a terminal and off it', () => {
    for (const isTTY of [true, false]) {
      const { stream: out, text } = stream(isTTY, 80);
      const progress = new Progress('x', 10, 'en', out);
      progress.at(1);
      progress.at(10);
      progress.end();
      expect(text()).toBe('');
    }
  });

  it('fits its terminal and is taken away at the end', async () => {
    const { stream: out, text } = stream(true, 40);
    const progress = new Progress('a very long label of what is being done', 10, 'en', out);
    await new Promise((resolve) => setTimeout(resolve, 450));
    progress.at(5);
    const drawn = text();
    expect(drawn.startsWith('\r')).toBe(true);
    expect(width(drawn.replace('\r', '').replace('\u001B[K', ''))).toBeLessThan(40);
    progress.end();
    expect(text().slice(drawn.length)).toBe('\r\u001B[K');
  });
});
