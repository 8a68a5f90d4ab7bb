// What every engine must bring to be measured.
import type { Answer } from './exact.ts';
import type { Subject } from './subject.ts';

/** One subject in the form in which the engine wants it. */
export interface Readied {
  /** Decides all schemes; this is what is timed. A promise is awaited inside the timing. */
  run(): unknown;
  /** The same once more, translated: by scheme. Not timed. */
  answers(): ReadonlyMap<string, Answer> | Promise<ReadonlyMap<string, Answer>>;
}

export interface Contestant {
  readonly name: string;
  /** Translates the facts; not timed, for nobody. */
  ready(subject: Subject): Readied;
}
