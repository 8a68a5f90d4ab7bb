/** Many subjects out of the sample: copies with facts left out and numbers moved around thresholds, the
 *  same for the same seed. */
import type { RuleSet, Subject } from '@zhida/rules';
import { sample } from './register.ts';

type Facts = Subject['facts'];
type Fact = Facts[string];

/** Mulberry32: small, fixed, good enough to pick facts. */
export function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

const isFacts = (v: Fact): v is Facts => typeof v === 'object' && v !== null && !Array.isArray(v);

function moved(value: bigint, roll: (n: number) => number): bigint {
  const percent = [50n, 79n, 80n, 81n, 95n, 99n, 100n, 101n, 105n, 130n, 300n][roll(11)] ?? 100n;
  return (value * percent) / 100n;
}

function varied(
  facts: Facts,
  ruleSet: RuleSet,
  entity: string,
  roll: (n: number) => number,
): Facts {
  const declared = ruleSet.entities.find((e) => e.name === entity)?.facts ?? [];
  const result: Record<string, Fact> = {};
  for (const [name, value] of Object.entries(facts)) {
    const type = declared.find((f) => f.name === name)?.type;
    const options = type?.t === 'text' ? type.options : undefined;
    const chance = roll(100);
    if (chance < 8) continue;
    if (typeof value === 'bigint' && chance < 50) result[name] = moved(value, roll);
    else if (typeof value === 'boolean' && chance < 15) result[name] = !value;
    else if (options !== undefined && chance < 15)
      result[name] = options[roll(options.length)] ?? value;
    else if (type?.t === 'months' && isFacts(value)) result[name] = variedMonths(value, roll);
    else result[name] = value;
  }
  return result;
}

function variedMonths(months: Facts, roll: (n: number) => number): Facts {
  const kept = Object.entries(months).filter(() => roll(100) >= 3);
  return Object.fromEntries(
    kept.map(([m, v]) => [m, typeof v === 'bigint' && roll(4) === 0 ? moved(v, roll) : v]),
  );
}

/** `copies` of every subject of the sample, the first of them unchanged. */
export function crowd(ruleSet: RuleSet, copies: number, seed = 1): readonly Subject[] {
  const roll = dice(seed);
  return sample(ruleSet).flatMap((subject) =>
    Array.from({ length: copies }, (_, n): Subject => {
      if (n === 0) return subject;
      const { entity } = subject;
      const id = `${subject.id}-${String(n).padStart(4, '0')}`;
      const identity = ruleSet.entities.find((e) => e.name === entity)?.identity ?? '';
      const facts = { ...varied(subject.facts, ruleSet, entity, roll), [identity]: id };
      return { entity, id, facts };
    }),
  );
}
