import {
  listValue,
  type DuckDBValue,
  type DuckDBConnection,
  type DuckDBInstance,
  type DuckDBPreparedStatement,
} from '@duckdb/node-api';
import { LRUCache } from 'lru-cache';
import { checkDeadline } from '../deadline.ts';
import { CellTable, type Codes } from './cell-table.ts';
import type { Grain } from './catalogue.ts';
import type { Level } from './dimension.ts';

/** Cells to read: those of these tallies and areas between two days, with every category of the set. */
export interface CellsWanted {
  /** The publication, or null for protected cells. */
  feed: string | null;
  set: string;
  grain: Grain;
  level: Level;
  tallies: readonly string[];
  areas: readonly string[];
  /** Whether the release lists what is withheld of them. */
  withheld: boolean;
  /** ISO dates, both included. */
  from: string;
  to: string;
}

/** Where cells come from. */
export interface Cells {
  read: (wanted: CellsWanted) => Promise<CellTable>;
}

const connectionsAtMost = 4;
/** Cells kept in memory for each open release: the parts of a page ask for many of the same. */
const cellsKept = 400_000;
type CellSource = 'cell' | 'published_cell' | 'withheld';
type Numbers = [area: number, day: number, a: number, b: number, c: number, tally: number];

/** A cell by the numbers of its codes. */
interface CellRow {
  area: number;
  day: number;
  categories: [number, number, number];
  tally: number;
  value: number | null;
}

interface Reader {
  connection: DuckDBConnection;
  /** One for each table of cells, prepared when first needed. */
  statements: Map<CellSource, DuckDBPreparedStatement>;
}

/** Reads cells of a release with few prepared statements, every value bound and cast to the type of its column. */
export class CellReader implements Cells {
  readonly #instance: DuckDBInstance;
  readonly #idle: Reader[] = [];
  readonly #waiting: ((reader: Reader) => void)[] = [];
  readonly #kept = new LRUCache<string, CellTable>({
    maxSize: cellsKept,
    sizeCalculation: ({ size }) => Math.max(1, size),
  });
  readonly #reading = new Map<string, Promise<CellTable>>();
  #open = 0;
  #codes: Promise<Codes> | null = null;

  constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  /** The cells wanted; asked for twice, they are read once. */
  async read(wanted: CellsWanted): Promise<CellTable> {
    checkDeadline();
    const key = JSON.stringify(wanted);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const known = this.#reading.get(key);
    if (known) return known;
    const reading = this.#withReader((reader) => this.#readNow(reader, wanted))
      .then((table) => {
        this.#kept.set(key, table);
        return table;
      })
      .finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  close(): void {
    for (const { connection, statements } of this.#idle.splice(0)) {
      for (const statement of statements.values()) statement.destroySync();
      connection.closeSync();
    }
  }

  async #readNow(reader: Reader, wanted: CellsWanted): Promise<CellTable> {
    const codes = await (this.#codes ??= this.#readCodes(reader));
    const table = new CellTable(codes);
    const tallies = wanted.tallies.filter((tally) => codes.tally.has(tally));
    const areas = wanted.areas.filter((area) => codes.area.has(area));
    if (tallies.length === 0 || areas.length === 0) return table;
    const inside = new Set(areas.map((area) => codes.area.get(area)!));
    const bound = [
      wanted.set,
      wanted.grain,
      wanted.level,
      wanted.from,
      wanted.to,
      ...ends(tallies, codes.tally),
      ...ends(areas, codes.area),
      listValue(tallies),
      ...(wanted.feed === null ? [] : [wanted.feed]),
    ];
    const cells = wanted.feed === null ? 'cell' : 'published_cell';
    for await (const { area, day, categories, tally, value } of this.#rows(reader, cells, bound))
      if (inside.has(area)) table.add(area, day, categories, tally, value);
    if (wanted.withheld)
      for await (const { area, day, categories, tally } of this.#rows(reader, 'withheld', bound))
        if (inside.has(area)) table.withhold(area, day, categories, tally);
    return table;
  }

  async *#rows(reader: Reader, table: CellSource, bound: readonly DuckDBValue[]): AsyncGenerator<CellRow> {
    let statement = reader.statements.get(table);
    if (!statement) reader.statements.set(table, (statement = await reader.connection.prepare(statementText(table))));
    statement.bind([...bound]);
    const result = await statement.run();
    for (const chunk of await result.fetchAllChunks()) {
      const columns = Array.from({ length: 7 }, (_, i) => chunk.getColumnVector(i));
      for (let i = 0; i < chunk.rowCount; i += 1) {
        const [area, day, a, b, c, tally] = columns.map((column) => Number(column.getItem(i))) as Numbers;
        yield { area, day, categories: [a, b, c], tally, value: columns[6]!.getItem(i) as number | null };
      }
    }
  }

  async #readCodes({ connection }: Reader): Promise<Codes> {
    const of = async (type: string) => {
      const result = await connection.runAndReadAll(`select unnest(enum_range(null::${type}))::varchar`);
      return new Map(result.getRows().map(([code], number) => [String(code), number]));
    };
    return { area: await of('area_t'), category: await of('category_t'), tally: await of('tally_t') };
  }

  async #withReader<T>(use: (reader: Reader) => Promise<T>): Promise<T> {
    const reader = await this.#acquire();
    try {
      return await use(reader);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(reader);
      else this.#idle.push(reader);
    }
  }

  async #acquire(): Promise<Reader> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#open >= connectionsAtMost) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#open += 1;
    return { connection: await this.#instance.connect(), statements: new Map() };
  }
}

/** The first and the last of some codes in the order of their type. */
function ends(codes: readonly string[], numbers: ReadonlyMap<string, number>): [string, string] {
  const sorted = [...codes].sort((a, b) => numbers.get(a)! - numbers.get(b)!);
  return [sorted[0]!, sorted.at(-1)!];
}

/**
 * The statement that reads cells of one table, with every value bound. Ranges let the engine pass over whole blocks of the sorted file; a list in their
 * place would be planned anew for each length, at twice the time of the reading itself.
 */
export function statementText(table: CellSource): string {
  const code = (column: string) => `coalesce(enum_code(${column})::integer + 1, 0)`;
  return `select enum_code(area)::integer as area, (period_end - date '1970-01-01')::integer as day, ${code('a')} as a, ${code('b')} as b, ${code('c')} as c,
    enum_code(tally)::integer as tally, ${table === 'withheld' ? 'null::integer as value' : 'value'}
    from ${table}
    where "set" = $1::set_t and grain = $2::grain_t and level = $3::level_t and period_end between $4::date and $5::date
    and tally between $6::tally_t and $7::tally_t and area between $8::area_t and $9::area_t and list_contains($10::tally_t[], tally)${table === 'published_cell' ? ' and feed = $11::feed_t' : ''}`;
}
