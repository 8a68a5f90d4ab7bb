/** Chance from a seed: the same seed and the same name of a stream give the same numbers everywhere. */

/** FNV-1a over UTF-16 units, then mixed: a start that differs in every bit. */
function seedOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

function mix(n: number): number {
  let h = n;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A stream of whole numbers (sfc32). Streams with different names do not disturb each other: a
 *  table keeps its rows when another one grows. */
export class Chance {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: string, stream: string) {
    this.#a = seedOf(seed);
    this.#b = seedOf(stream);
    this.#c = seedOf(`${stream}/${seed}`);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A whole number in [0, 2^32). */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return this.next() % n;
  }

  /** A whole number in [low, high]. */
  between(low: number, high: number): number {
    return high <= low ? low : low + this.below(high - low + 1);
  }

  /** True `perThousand` times in a thousand. */
  chance(perThousand: number): boolean {
    return this.below(1000) < perThousand;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  /** One of `[value, weight]`, as often as its weight says. */
  weighted<T>(list: readonly (readonly [T, number])[]): T {
    let at = this.below(list.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [value, weight] of list) {
      at -= weight;
      if (at < 0) return value;
    }
    throw new Error('no weight');
  }

  /** A day in [first, last], both `YYYY-MM-DD`. */
  day(first: string, last: string): string {
    const from = Date.parse(first) / DAY;
    return dayText(this.between(from, Date.parse(last) / DAY));
  }

  /** Small numbers often, large ones seldom, in [low, high]. */
  skewed(low: number, high: number): number {
    const span = high - low + 1;
    return low + Math.trunc((this.below(span) * this.below(1000)) / 1000);
  }
}

const DAY = 86_400_000;

function dayText(days: number): string {
  return new Date(days * DAY).toISOString().slice(0, 10);
}
