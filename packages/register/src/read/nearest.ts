/** What somebody may have meant. */

const LONGEST = 40;

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The word nearest to `wrong`: one holds the other, or a third of the characters differ at most.
 *  Undefined when none is near. */
export function nearestWord(wrong: string, words: readonly string[]): string | undefined {
  if (wrong === '' || wrong.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const word of words.slice(0, 1_000)) {
    if (word.length > LONGEST) continue;
    const holds = wrong.length > 1 && (word.includes(wrong) || wrong.includes(word));
    const d = distance(wrong, word);
    const limit = holds
      ? LONGEST
      : Math.max(1, Math.floor(Math.max(wrong.length, word.length) / 3));
    if (d <= limit && d < least) [least, best] = [d, word];
  }
  return best;
}
