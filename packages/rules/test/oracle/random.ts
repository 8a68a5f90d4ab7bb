/** Seeded random choices, biased to the places where rules change: thresholds, zero, the huge. */

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

  /** A whole number of any size up to about `limit`, small ones as likely as large ones. */
  size(limit: bigint): bigint {
    const digits = 1 + this.below(String(limit).length);
    const value = BigInt(Math.floor(this.next() * 10 ** Math.min(digits, 15)));
    const scaled = digits > 15 ? value * 10n ** BigInt(digits - 15) : value;
    return scaled > limit ? limit : scaled;
  }

  /** At, just below, just above or around one of the thresholds; zero; huge; anything. */
  near(thresholds: readonly bigint[], step = 1n): bigint {
    const at = thresholds.length === 0 ? 1_000_000n : this.pick(thresholds);
    const drawn = [
      () => at - step,
      () => at,
      () => at + step,
      () => at + BigInt(this.below(2001) - 1000) * step,
      () => this.size(at * 2n + 1n),
      () => at / 2n + this.size(at),
      () => (this.chance(0.5) ? 0n : step),
      () => at * 1_000_000n + BigInt(this.below(100)),
    ];
    const value = this.pick(drawn)();
    return value < 0n ? 0n : value;
  }

  /** A date at, next to or around one of `dates`. */
  date(...dates: readonly string[]): string {
    const spread = this.pick([0, 0, 1, -1, this.below(800) - 400]);
    const day = new Date(`${this.pick(dates)}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + spread);
    return day.toISOString().slice(0, 10);
  }
}
