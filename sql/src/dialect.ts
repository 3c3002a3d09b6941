import {
  DOUBLE,
  LIST,
  type DuckDBConnection,
  type DuckDBInstance,
  type DuckDBPreparedStatement,
  type DuckDBValue,
} from '@duckdb/node-api';
import {
  CompiledQuery,
  PostgresAdapter,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
} from 'kysely';

/**
 * Kysely over DuckDB's Node API. Why our own: the published dialect does not load with this Kysely, and with the one before it
 * returns no rows for `count(*) as count`.
 *
 * Rows come back as plain objects: BIGINT as bigint, DECIMAL as number, DATE as a Date at UTC midnight. A JS Date cannot be bound:
 * pass ISO text and cast it. A Float64Array is bound as a list of DOUBLE. One connection runs one query at a time; up to `connections` are kept.
 */
export class DuckDBDialect implements Dialect {
  readonly #instance: DuckDBInstance;
  readonly #connections: number;

  constructor(options: { instance: DuckDBInstance; connections?: number }) {
    this.#instance = options.instance;
    this.#connections = options.connections ?? 8;
  }

  createAdapter = () => new PostgresAdapter();
  createDriver = (): Driver => new DuckDBDriver(this.#instance, this.#connections);
  createQueryCompiler = (): QueryCompiler => new PostgresQueryCompiler();
  createIntrospector = (_: Kysely<unknown>): DatabaseIntrospector => {
    throw new Error('introspection is not offered: sql/src/schema.ts is generated from the release tables');
  };
}

class DuckDBDriver implements Driver {
  readonly #instance: DuckDBInstance;
  readonly #limit: number;
  readonly #idle: PooledConnection[] = [];
  readonly #waiting: ((connection: PooledConnection) => void)[] = [];
  #open = 0;

  constructor(instance: DuckDBInstance, limit: number) {
    this.#instance = instance;
    this.#limit = limit;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#open >= this.#limit) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#open += 1;
    return new PooledConnection(await this.#instance.connect());
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next(connection as PooledConnection);
    else this.#idle.push(connection as PooledConnection);
  }

  beginTransaction = (connection: DatabaseConnection) => run(connection, 'begin transaction');
  commitTransaction = (connection: DatabaseConnection) => run(connection, 'commit');
  rollbackTransaction = (connection: DatabaseConnection) => run(connection, 'rollback');

  async destroy(): Promise<void> {
    for (const connection of this.#idle.splice(0)) connection.close();
  }
}

async function run(connection: DatabaseConnection, sql: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(sql), {});
}

/** Statements kept prepared on each connection; the longest unused goes first. */
const keptPrepared = 100;

class PooledConnection implements DatabaseConnection {
  readonly #connection: DuckDBConnection;
  readonly #prepared = new Map<string, DuckDBPreparedStatement>();

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const statement = await this.#prepare(query.sql);
    query.parameters.forEach((value, i) => {
      if (value instanceof Float64Array) statement.bindList(i + 1, [...value], LIST(DOUBLE));
      else statement.bindValue(i + 1, value as DuckDBValue);
    });
    const result = await statement.runAndReadAll();
    return { rows: result.getRowObjectsJS() as Row[] };
  }

  /** Planning takes longer than most statements run, so those of the same text are prepared once. prepare() also refuses stacked statements. */
  async #prepare(text: string): Promise<DuckDBPreparedStatement> {
    const known = this.#prepared.get(text);
    this.#prepared.delete(text);
    const statement = known ?? (await this.#connection.prepare(text));
    this.#prepared.set(text, statement);
    for (const [oldest, unused] of this.#prepared) {
      if (this.#prepared.size <= keptPrepared) break;
      this.#prepared.delete(oldest);
      unused.destroySync();
    }
    return statement;
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }

  close(): void {
    for (const statement of this.#prepared.values()) statement.destroySync();
    this.#connection.closeSync();
  }
}
