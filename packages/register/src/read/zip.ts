/** Zip archives as a hostile sender could write them: names, sizes and places are checked before
 *  anything is unpacked, and sizes again while it is.
 *  Source: APPNOTE.TXT of PKWARE, 4.3 (structure), 4.5.3 (64-bit sizes). */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { refuse } from './problem.ts';

export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  /** Bytes in the archive, and unpacked, as the directory declares them. */
  readonly packed: number;
  readonly size: number;
  /** Of the local header. */
  readonly offset: number;
  readonly encrypted: boolean;
}

export interface ZipArchive {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** Unpacked bytes. With `verify` the checksum is compared at the end. Throws ImportRefusal. */
  readonly stream: (entry: ZipEntry, verify?: boolean) => AsyncGenerator<Buffer, void, undefined>;
  /** The bytes as they lie in the archive. */
  readonly raw: (entry: ZipEntry) => AsyncGenerator<Buffer, void, undefined>;
  readonly close: () => Promise<void>;
}

const MEGABYTE = 1 << 20;
export const LIMITS: {
  readonly entries: number;
  readonly total: number;
  readonly ratio: number;
  readonly ratioFrom: number;
} = {
  entries: 10_000,
  /** Unpacked bytes of all entries together. */
  total: 4 * 1024 * MEGABYTE,
  /** Unpacked bytes for each packed one; real sheets reach about 60. */
  ratio: 250,
  /** Below this size no ratio is strange. */
  ratioFrom: 16 * MEGABYTE,
};

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const FULL = 0xffffffff;
const CHUNK = 256 * 1024;

/** A size as people write it. */
export function sizeText(bytes: number): string {
  if (bytes < MEGABYTE) return `${Math.ceil(bytes / 1024)} KB`;
  return `${Math.ceil(bytes / MEGABYTE)} MB`;
}

async function slice(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, from);
  if (bytesRead < length) refuse('zip-truncated', { part: 'zip' });
  return buffer;
}

function number64(buffer: Buffer, at: number): number {
  const value = buffer.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) refuse('zip-broken', { part: 'zip64' });
  return Number(value);
}

interface Directory {
  readonly count: number;
  readonly offset: number;
  readonly length: number;
}

async function directoryOf(file: FileHandle, size: number): Promise<Directory> {
  const length = Math.min(size, 65_557);
  const tail = await slice(file, size - length, length);
  let at = length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--;
  if (at < 0) refuse('zip-truncated', { part: 'zip' });
  const found = {
    count: tail.readUInt16LE(at + 10),
    length: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  const large = found.count === 0xffff || found.length === FULL || found.offset === FULL;
  if (!large || at < 20 || tail.readUInt32LE(at - 20) !== LOCATOR_64) return found;
  const record = number64(tail, at - 12);
  if (record + 56 > size) refuse('zip-truncated', { part: 'zip64' });
  const end = await slice(file, record, 56);
  if (end.readUInt32LE(0) !== END_64) refuse('zip-broken', { part: 'zip64' });
  return { count: number64(end, 32), length: number64(end, 40), offset: number64(end, 48) };
}

/** The sizes of the 64-bit extra field stand in for those that are all ones. */
function sizes64(
  extra: Buffer,
  size: number,
  packed: number,
  offset: number,
): readonly [number, number, number] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let next = 0;
    const take = (value: number): number => {
      if (value !== FULL) return value;
      if (next + 8 > field.length) refuse('zip-broken', { part: 'zip64' });
      next += 8;
      return number64(field, next - 8);
    };
    return [take(size), take(packed), take(offset)];
  }
  return [size, packed, offset];
}

function readDirectory(bytes: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) {
      refuse('zip-broken', { part: 'zip' });
    }
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const next = at + 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) refuse('zip-broken', { part: 'zip' });
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const [size, packed, offset] = sizes64(
      extra,
      bytes.readUInt32LE(at + 24),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    );
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed,
      size,
      offset,
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
    });
    at = next;
  }
  return entries;
}

/** Entries that share bytes are how a small archive unpacks without end. */
function checkPlaces(entries: readonly ZipEntry[], end: number): void {
  let free = 0;
  for (const e of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (e.offset < free) refuse('zip-broken', { part: e.name });
    free = e.offset + 30 + e.packed;
    if (free > end) refuse('zip-truncated', { part: e.name });
  }
}

function checkSizes(entries: readonly ZipEntry[]): void {
  let total = 0;
  const limit = sizeText(LIMITS.total);
  for (const e of entries) {
    total += e.size;
    if (e.size >= LIMITS.ratioFrom && e.size > e.packed * LIMITS.ratio) {
      const allowed = sizeText(Math.max(LIMITS.ratioFrom, e.packed * LIMITS.ratio));
      refuse('zip-bomb', { part: e.name, size: sizeText(e.size), limit: allowed });
    }
    if (total > LIMITS.total) refuse('zip-bomb', { part: e.name, size: sizeText(total), limit });
  }
}

/** Closing a second time does nothing. */
function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}

/** Opens the archive at `path` and checks its directory. Throws ImportRefusal. */
export async function openZip(path: string): Promise<ZipArchive> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const directory = await directoryOf(file, size);
    if (directory.count > LIMITS.entries) {
      const limit = String(LIMITS.entries);
      refuse('zip-bomb', { part: 'zip', size: String(directory.count), limit });
    }
    if (directory.offset + directory.length > size || directory.length > 64 * MEGABYTE) {
      refuse('zip-truncated', { part: 'zip' });
    }
    const bytes = await slice(file, directory.offset, directory.length);
    const list = readDirectory(bytes, directory.count);
    checkPlaces(list, size);
    checkSizes(list);
    return {
      entries: new Map(list.map((e) => [e.name, e])),
      stream: (entry, verify = false) => unpack(file, entry, verify),
      raw: (entry) => packed(file, entry),
      close: once(() => file.close()),
    };
  } catch (e) {
    await file.close();
    throw e;
  }
}

/** Bytes of a file from `from`, `length` of them. */
async function* bytesOf(file: FileHandle, from: number, length: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; done += CHUNK) {
    yield await slice(file, from + done, Math.min(CHUNK, length - done));
  }
}

async function* packed(file: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  const header = await slice(file, entry.offset, 30);
  if (header.readUInt32LE(0) !== LOCAL) refuse('zip-broken', { part: entry.name });
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  yield* bytesOf(file, start, entry.packed);
}

/** Unpacks; errors of the packing are said as damage. */
async function* inflated(source: AsyncGenerator<Buffer>, name: string): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  const feeding = (async () => {
    for await (const chunk of source) {
      if (inflate.destroyed) return;
      if (!inflate.write(chunk))
        await new Promise((go) => void inflate.once('drain', go).once('close', go));
    }
    inflate.end();
  })();
  feeding.catch((e: unknown) => inflate.destroy(e as Error));
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (e) {
    const code = (e as { code?: string }).code ?? '';
    if (code === 'Z_BUF_ERROR') refuse('zip-truncated', { part: name });
    if (code.startsWith('Z_')) refuse('zip-broken', { part: name });
    throw e;
  } finally {
    inflate.destroy();
  }
}

async function* unpack(file: FileHandle, entry: ZipEntry, verify: boolean): AsyncGenerator<Buffer> {
  const { name, method } = entry;
  if (entry.encrypted) refuse('format-password');
  if (method !== 0 && method !== 8) refuse('zip-broken', { part: name });
  const source = packed(file, entry);
  let size = 0;
  let crc = 0;
  for await (const chunk of method === 0 ? source : inflated(source, name)) {
    size += chunk.length;
    if (size > entry.size) {
      refuse('zip-bomb', { part: name, size: `> ${sizeText(size)}`, limit: sizeText(entry.size) });
    }
    if (verify) crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size !== entry.size || (verify && crc !== entry.crc)) refuse('zip-broken', { part: name });
}
