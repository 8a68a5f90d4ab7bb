// Runs a tool of development from node_modules and hears it out.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The checkout. */
export const root = join(import.meta.dirname, '../..');

export interface Heard {
  readonly code: number;
  readonly stdout: string;
  /** Standard output and standard error, as a person would have seen them. */
  readonly text: string;
}

/** What every check answers. `seen` counts the files it read: a check that saw none proves nothing. */
export interface Report {
  readonly name: string;
  readonly ok: boolean;
  readonly seen: number;
  readonly text: string;
}

export function runTool(name: string, args: readonly string[], cwd: string = root): Promise<Heard> {
  const bin = join(root, 'node_modules/.bin');
  return new Promise((done, fail) => {
    const child = spawn(join(bin, name), args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
        NO_COLOR: '1',
      },
    });
    let stdout = '';
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      text += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? 1, stdout, text }));
  });
}
