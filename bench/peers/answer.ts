// A peer's result in common terms.
import type { Answer } from '../exact.ts';

/** `yuan` as the engine computed it, in binary or decimal; the nearest 分 is what it would pay. */
export function answerOf(holds: unknown, yuan: unknown): Answer {
  if (holds === true) {
    return {
      verdict: 'yes',
      fen: typeof yuan === 'number' ? BigInt(Math.round(yuan * 100)) : null,
    };
  }
  return { verdict: holds === false ? 'no' : 'unknown', fen: null };
}
