// Narrows a run to what a person typed: a part of a file's path, or else of a test's name.

export interface Narrowed {
  /** Arguments for Vitest. */
  readonly args: string[];
  readonly narrowed: boolean;
}

/** Words that occur in the path of a test file choose files; the others choose tests by name, so
 *  that `npm test -- 3.3` runs one clause. Options of Vitest (`--bail=1`) pass through. */
export function narrow(words: readonly string[], testFiles: readonly string[]): Narrowed {
  const options = words.filter((word) => word.startsWith('-'));
  const plain = words.filter((word) => !word.startsWith('-'));
  const isFile = (word: string): boolean => testFiles.some((path) => path.includes(word));
  const names = plain
    .filter((word) => !isFile(word))
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = names.length > 0 ? [`--testNamePattern=${names.join('|')}`] : [];
  return { args: [...options, ...plain.filter(isFile), ...pattern], narrowed: words.length > 0 };
}
