import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { isCompressed, isParquet } from '../reading/bytes.ts';

/** Bytes of a reader outside its engine: Node, its heap, the file's pieces. */
export const besideEngine = 384 * 2 ** 20;

/** The slowest reading worth waiting for, bytes a second: a hundredth of what one core does; and what any file may take, seconds. */
const pace = { slowest: 100e3, any: 60 };
/** Bytes on disk that any file may take while it is read, and times its size. */
const room = { any: 2 ** 30, times: 20 };

interface Sized {
  path: string;
  bytes: number;
}

/** Seconds that a file of such a size may take to be read. */
export function secondsFor(file: Sized): number {
  return pace.any + Math.ceil(unpacked(file) / pace.slowest);
}

/** Bytes of disk that the engine may take while it reads a file of such a size. */
export function spillFor(file: Sized): number {
  return room.any + room.times * unpacked(file);
}

const unpacked = ({ path, bytes }: Sized) => bytes * (isCompressed(path) || isParquet(path) ? 10 : 1);

const units = { bytes: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** What an engine may take: its memory in bytes, and the folder it spills to. */
export async function engineOf(connection: DuckDBConnection): Promise<{ memory: number; temporary: string }> {
  const [settings] = await rowsOf<{ memory: string; temporary: string }>(
    connection,
    `select current_setting('memory_limit') as memory, current_setting('temp_directory') as temporary`,
  );
  const [, number, unit] = /^([\d.]+) (bytes|KiB|MiB|GiB|TiB)$/.exec(settings!.memory)!;
  return { memory: Number(number) * units[unit as keyof typeof units], temporary: settings!.temporary };
}
