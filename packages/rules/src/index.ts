/** The door of `rules`: policy text → RuleSet → Decision with its reasons. No Node API, no clock. */
export { readPackage } from './lower/package.ts';
export type { PackageFile, PackageReading } from './lower/package.ts';
export { problem, problemText } from './problem.ts';
export type { Language, Place, Problem } from './problem.ts';
export { texts as problemTexts } from './problem-text.ts';
export { prepare } from './evaluate/decide.ts';
export type { Engine, Subject } from './evaluate/decide.ts';
export type { Decision } from './evaluate/decision.ts';
export { readFacts } from './facts.ts';
export type { Plain, Provenance } from './facts.ts';
export { runExamples, verdictText } from './example/run.ts';
export type { ExampleResult } from './example/run.ts';
export { canonical, hashOf } from './canonical.ts';
export type { Item, RuleSet } from './ir.ts';
