import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ExtractRefusal } from './extract-refusal.ts';

/** Compressed input may grow to this many bytes, and to this many times its size; beyond, it is refused as a decompression bomb. */
export const expansionLimits = { bytes: 8 * 2 ** 30, ratio: 200, free: 64 * 2 ** 20 };

/** Whether a file is gzip by its name. */
export function isCompressed(path: string): boolean {
  return path.toLowerCase().endsWith('.gz');
}

export function isParquet(path: string): boolean {
  return path.toLowerCase().endsWith('.parquet');
}

/**
 * The bytes of a file in pieces, decompressed where its name ends in `.gz`.
 * Throws an ExtractRefusal when the file cannot be read, is damaged, or expands beyond the limits.
 */
export async function* bytesOf(path: string, limits = expansionLimits): AsyncGenerator<Buffer> {
  const raw = createReadStream(path, { highWaterMark: 1 << 20 });
  try {
    if (!isCompressed(path)) {
      yield* raw as AsyncIterable<Buffer>;
      return;
    }
    let received = 0;
    let expanded = 0;
    raw.on('data', (piece) => (received += piece.length));
    const plain = raw.on('error', (error) => plain.destroy(error)).pipe(createGunzip({ chunkSize: 1 << 20 }));
    for await (const piece of plain as AsyncIterable<Buffer>) {
      expanded += piece.length;
      if (expanded > limits.bytes || (expanded > limits.free && expanded > limits.ratio * received)) {
        throw new ExtractRefusal(
          'too_large',
          path,
          'The file expands far beyond its size.',
          'Send it uncompressed, or in parts.',
        );
      }
      yield piece;
    }
  } catch (error) {
    if (error instanceof ExtractRefusal) throw error;
    throw new ExtractRefusal(
      'unreadable',
      path,
      `The file cannot be read (${codeOf(error)}).`,
      'Check that it is whole and readable.',
    );
  } finally {
    raw.destroy();
  }
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code ?? 'damaged');
}
