// A DuckDB as the product opens it: two threads, bounded memory, rows in the order of the file.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';

export const THREADS = 2;
export const MEMORY = '3GB';

export async function openDuck(folder: string): Promise<DuckDBConnection> {
  const spill = join(folder, 'spill');
  mkdirSync(spill, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(THREADS),
    memory_limit: MEMORY,
    temp_directory: spill,
    preserve_insertion_order: 'true',
  });
  return instance.connect();
}
