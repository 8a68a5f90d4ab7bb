/** Copies a package folder: `node copy-package.ts from to`. For tests that damage a copy. */
import { cpSync } from 'node:fs';

const [from = '', to = ''] = process.argv.slice(2);
cpSync(from, to, { recursive: true });
