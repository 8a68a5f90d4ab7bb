// Goal: lint and format hold, and the linter knows types: a promise nobody waits for is an error.
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageSources } from './checks/files.ts';
import { formatCheck, lintCheck } from './checks/lint.ts';
import { root, runTool } from './checks/tool.ts';

it('finds nothing to mend', async () => {
  const { ok, seen, text } = await lintCheck();
  expect(ok, text).toBe(true);
  expect(seen).toBeGreaterThan(packageSources().length);
});

it('is formatted', async () => {
  const { ok, seen, text } = await formatCheck();
  expect(ok, text).toBe(true);
  expect(seen).toBeGreaterThan(packageSources().length);
});

it('refuses a promise that nobody waits for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhida-lint-'));
  try {
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const options = { strict: true, module: 'nodenext', target: 'es2024', types: [] };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, include: ['wrong.ts'] }),
    );
    const text = 'const pay = async (): Promise<number> => 1;\npay();\n';
    writeFileSync(join(folder, 'wrong.ts'), text);
    const heard = await runTool('oxlint', ['--type-aware', 'wrong.ts'], folder);
    expect(heard.code).not.toBe(0);
    expect(heard.text).toContain('no-floating-promises');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
