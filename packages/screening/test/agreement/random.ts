/** Seeded choices: the same seed, the same subjects. */

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 ≤ x < 1, by mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 to n - 1. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  chance(p: number): boolean {
    return this.next() < p;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A whole number up to `limit`, of any number of digits with equal chance. */
  size(limit: bigint): bigint {
    const digits = 1 + this.below(String(limit).length);
    let text = '';
    for (let i = 0; i < digits; i++) text += String(this.below(10));
    const value = BigInt(text);
    return value > limit ? limit : value;
  }
}
