#!/usr/bin/env node
// The command `zhida`. Plain JavaScript: it may be started by a Node too old to read TypeScript.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { becomeNode, findNode, noNodeMessage } from '../boot/node.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = findNode(root);
if (node) {
  becomeNode(node, [join(root, 'packages/server/src/cli.ts'), ...process.argv.slice(2)], { root });
} else {
  process.stderr.write(`${noNodeMessage()}\n`);
  process.exitCode = 1;
}
