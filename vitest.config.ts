import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/.tsc/**'],
    // Real processes, databases and compilers run inside tests, on two shared cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // One clause runs in the small loop; files without it must not turn the run red.
    passWithNoTests: false,
  },
});
