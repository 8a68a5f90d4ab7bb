/** A place that style forbids. Lines count from 1. */
export interface Finding {
  readonly gate: string;
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** `path:line gate: text` */
export function showFinding({ gate, path, line, text }: Finding): string {
  return `${path}:${line} ${gate}: ${text}`;
}
