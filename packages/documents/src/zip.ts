/** ZIP archives, written while their parts are made and read back from memory. Without ZIP64: at most
 *  4 GiB and 65,535 parts. Source: PKWARE APPNOTE.TXT 6.3.10. */
import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface Part {
  readonly path: string;
  readonly chunks: AsyncIterable<string> | Iterable<string>;
}

interface Entry {
  readonly path: Uint8Array;
  readonly offset: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Sizes follow the data (bit 3); paths are UTF-8 (bit 11). */
const FLAGS = 0x0808;
const DEFLATE = 8;
/** 1980-01-01: an archive says nothing of when it was made, so the same data are the same bytes. */
const DAY = 0x0021;
const LIMIT = 0xffff_ffff;
/** Text that is packed at once. */
const BLOCK = 1 << 18;
/** An empty last block. */
const LAST = new Uint8Array([3, 0]);

function words(...fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array {
  const out = new Uint8Array(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return out;
}

function localHeader(path: Uint8Array): Uint8Array {
  const head = words([4, LOCAL], [2, VERSION], [2, FLAGS], [2, DEFLATE], [2, 0], [2, DAY]);
  const sizes = words([4, 0], [4, 0], [4, 0], [2, path.length], [2, 0]);
  return Buffer.concat([head, sizes, path]);
}

function centralHeader({ path, offset, crc, packed, size }: Entry): Uint8Array {
  const version = words([4, CENTRAL], [2, VERSION], [2, VERSION]);
  const head = words([2, FLAGS], [2, DEFLATE], [2, 0], [2, DAY], [4, crc], [4, packed], [4, size]);
  const tail = words([2, path.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
  return Buffer.concat([version, head, tail, path]);
}

/** Joins short texts to blocks of about `BLOCK` characters. */
async function* blocksOf(chunks: Part['chunks']): AsyncGenerator<Uint8Array> {
  let texts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    texts.push(chunk);
    length += chunk.length;
    if (length < BLOCK) continue;
    yield Buffer.from(texts.join(''), 'utf8');
    texts = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(texts.join(''), 'utf8');
}

/** The archive, piece by piece. Throws RangeError when it would pass 4 GiB. */
export async function* zip(
  parts: AsyncIterable<Part> | Iterable<Part>,
): AsyncGenerator<Uint8Array> {
  const entries: Entry[] = [];
  let offset = 0;
  for await (const part of parts) {
    const path = Buffer.from(part.path, 'utf8');
    const header = localHeader(path);
    yield header;
    let [crc, packed, size] = [0, 0, 0];
    for await (const block of blocksOf(part.chunks)) {
      const squeezed = deflateRawSync(block, { finishFlush: constants.Z_SYNC_FLUSH });
      crc = crc32(block, crc);
      packed += squeezed.length;
      size += block.length;
      if (size > LIMIT) throw new RangeError(`${part.path} is larger than 4 GiB`);
      yield squeezed;
    }
    packed += LAST.length;
    const descriptor = words([4, DESCRIPTOR], [4, crc], [4, packed], [4, size]);
    yield Buffer.concat([LAST, descriptor]);
    entries.push({ path, offset, crc, packed, size });
    offset += header.length + packed + descriptor.length;
    if (offset > LIMIT) throw new RangeError('the archive is larger than 4 GiB');
  }
  const central = Buffer.concat(entries.map(centralHeader));
  const counts = words([2, 0], [2, 0], [2, entries.length], [2, entries.length]);
  const end = words([4, central.length], [4, offset], [2, 0]);
  yield Buffer.concat([central, words([4, END]), counts, end]);
}

/** The parts of an archive that a tool of ours wrote: no comment, no encryption, as text. */
export function unzip(bytes: Uint8Array): ReadonlyMap<string, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  if (view.getUint32(end, true) !== END) throw new RangeError('no end of the archive');
  const parts = new Map<string, string>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const [method, packed] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
    const [name, extra] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
    const local = view.getUint32(at + 42, true);
    const path = Buffer.from(bytes.subarray(at + 46, at + 46 + name)).toString('utf8');
    const skip = 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const data = bytes.subarray(local + skip, local + skip + packed);
    const plain = method === DEFLATE ? inflateRawSync(data) : Buffer.from(data);
    parts.set(path, plain.toString('utf8'));
    at += 46 + name + extra + view.getUint16(at + 32, true);
  }
  return parts;
}
