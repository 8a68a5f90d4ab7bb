/** How far a long work is: a bar on standard error where that is a terminal, else a line every few
 *  seconds. Work that is done within a moment shows nothing. */
import type { Language } from '@zhida/rules';
import { cut, pad, width } from './terminal.ts';

/** Nothing is shown before this, so that quick work leaves no flicker. */
const PATIENCE_MS = 400;
const REDRAW_MS = 100;
/** Between two lines where there is no terminal. */
const LINE_MS = 5000;
const BAR = 24;

const words = {
  rate: { zh: '行/秒', en: 'rows/s' },
  left: { zh: '还要', en: 'left' },
  second: { zh: '秒', en: 's' },
  minute: { zh: '分', en: 'min' },
} as const;

export interface Step {
  readonly done: number;
  /** Undefined: nobody knows how much there is. */
  readonly total?: number | undefined;
  /** What is being done now. */
  readonly label?: string;
  /** Rows a second; reckoned from `done` when left out. */
  readonly perSecond?: number;
  /** Reckoned from the speed when left out. */
  readonly secondsLeft?: number | null;
}

/** 1234567 → 1,234,567. */
export function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(?:\d{3})+$)/gu, ',');
}

/** 95 seconds → 1 min 35 s. */
export function durationText(seconds: number, language: Language): string {
  const whole = Math.max(1, Math.round(seconds));
  const gap = language === 'zh' ? '' : ' ';
  const [m, s] = [Math.floor(whole / 60), whole % 60];
  const rest = `${s}${gap}${words.second[language]}`;
  return m === 0 ? rest : `${m}${gap}${words.minute[language]}${gap}${rest}`;
}

/** One line: label, bar, percent, rows, rows a second, time left. What is not known is left out. */
export function progressLine(step: Required<Step>, language: Language): string {
  const { label, done, total, perSecond, secondsLeft } = step;
  const parts = [label];
  if (total !== undefined && total > 0) {
    const part = Math.min(1, done / total);
    const full = Math.floor(part * BAR);
    parts.push(`${'█'.repeat(full)}${'░'.repeat(BAR - full)}`);
    parts.push(`${String(Math.floor(part * 100)).padStart(3)} %`);
    parts.push(`${grouped(done)}/${grouped(total)}`);
  } else if (done > 0) parts.push(grouped(done));
  if (perSecond > 0) parts.push(`${grouped(perSecond)} ${words.rate[language]}`);
  if (secondsLeft !== null && secondsLeft > 0) {
    const time = durationText(secondsLeft, language);
    parts.push(language === 'zh' ? `${words.left.zh} ${time}` : `${time} ${words.left.en}`);
  }
  return parts.filter((p) => p !== '').join('  ');
}

export class Progress {
  readonly #label: string;
  readonly #total: number | undefined;
  readonly #language: Language;
  readonly #stream: NodeJS.WriteStream;
  #started: number = performance.now();
  #shown = 0;
  #drawn = false;
  #current = '';

  constructor(
    label: string,
    total: number | undefined,
    language: Language = 'en',
    stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.#label = label;
    this.#total = total;
    this.#language = language;
    this.#stream = stream;
  }

  at(step: number | Step): void {
    const given: Step = typeof step === 'number' ? { done: step } : step;
    const now = performance.now();
    const label = given.label ?? this.#label;
    if (label !== this.#current) {
      // Another part of the work: its speed is its own.
      if (this.#current !== '') this.#started = now;
      this.#current = label;
    }
    const wait = this.#stream.isTTY ? (this.#drawn ? REDRAW_MS : PATIENCE_MS) : LINE_MS;
    if (now - (this.#shown === 0 ? this.#started : this.#shown) < wait) return;
    this.#shown = now;
    this.#write(progressLine(this.#whole({ ...given, label }, now), this.#language));
  }

  #whole(step: Step & { readonly label: string }, now: number): Required<Step> {
    const total = step.total ?? this.#total;
    const seconds = (now - this.#started) / 1000;
    const perSecond = step.perSecond ?? (seconds > 0 ? step.done / seconds : 0);
    const reckoned = total === undefined || perSecond <= 0 ? null : (total - step.done) / perSecond;
    const secondsLeft = step.secondsLeft === undefined ? reckoned : step.secondsLeft;
    return { label: step.label, done: step.done, total, perSecond, secondsLeft };
  }

  #write(line: string): void {
    if (!this.#stream.isTTY) {
      this.#stream.write(`${line}\n`);
      return;
    }
    this.#drawn = true;
    // An ellipsis takes two columns on some terminals.
    const room = Math.max(20, (this.#stream.columns || 80) - 2);
    const text = cut(line, room);
    this.#stream.write(`\r${pad(text, width(text))}\u001B[K`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#drawn) this.#stream.write('\r\u001B[K');
    this.#drawn = false;
  }
}
