// Types: `tsc -b` over every project that the root tsconfig refers to.
import { packageSources } from './files.ts';
import { type Report, runTool } from './tool.ts';

export async function compileCheck(): Promise<Report> {
  const { code, text } = await runTool('tsc', ['-b', '--pretty', 'false']);
  const sources = packageSources();
  return { name: 'types', ok: code === 0, seen: sources.length, text };
}
