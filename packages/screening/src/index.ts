/** The door of `screening`: a package over a snapshot, for everyone at once, and what the run says. */
export { screen } from './screen.ts';
export type { Progress, ScreenOptions } from './screen.ts';
export { openRun, verifyRun, RunError, runProblemText } from './run-folder.ts';
export type { Manifest, Run } from './run-folder.ts';
export { Cancelled } from './duck.ts';
export { RunReader } from './reader.ts';
export type { ReaderOptions, RowsAsked } from './reader.ts';
export { reasonsOf } from './reasons.ts';
export { compareRuns } from './compare.ts';
export type { CompareOptions, Made } from './compare.ts';
export { WhatIf } from './what-if.ts';
export type { ParameterChange, WhatIfAnswer, WhatIfOptions } from './what-if.ts';
export type { Cause, Change, ChangeKind, Comparison, Standing } from './change.ts';
export type { AmountKind, Bilingual, RunHead, Verdict } from './run-head.ts';
export type {
  Bin,
  Bunching,
  CapKeyUse,
  CapUse,
  Distribution,
  Funnel,
  FunnelStep,
  ItemSummary,
  MissingRow,
  Money,
  MoneySlice,
  NearMiss,
  ResultRow,
  RunSummary,
  Slice,
  SourceRow,
  Verdicts,
  Waiting,
} from './summary.ts';
