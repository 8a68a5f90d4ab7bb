/** The door of `register`: department spreadsheets → checked, dated, content-addressed facts. */
export type { CellValue, CheckedRow, FileReading, ImportProblem, SourceNote } from './record.ts';
export { openDuck } from './snapshot/duck.ts';
export type { Duck } from './snapshot/duck.ts';
export { openSnapshot } from './snapshot/open.ts';
export type { Snapshot } from './snapshot/open.ts';
export type { SnapshotManifest, Taking } from './snapshot/manifest.ts';
export { writeSnapshot } from './snapshot/write.ts';
export type { SnapshotInput } from './snapshot/write.ts';
export { Refusal } from './snapshot/refusal.ts';
export { openRegister } from './store/register.ts';
export type { KnownOn, Register, RegisterOptions } from './store/register.ts';
export type { DryRun, Signature } from './store/dry-run.ts';
export type { ImportManifest } from './store/entry.ts';
