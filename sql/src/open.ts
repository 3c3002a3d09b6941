import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** Settings of every database that reads what is already ours: no extension, no network, no file beyond the ones it holds. */
export const closed = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
};

/**
 * Opens a release file for reading: read-only, no outside access, configuration locked.
 * Several processes may hold the same file open this way; nobody can write it meanwhile.
 */
export async function openRelease(path: string, threads = 1): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(path, {
    ...closed,
    access_mode: 'READ_ONLY',
    enable_external_access: 'false',
    threads: String(threads),
    lock_configuration: 'true',
  });
  return instance;
}

/**
 * Opens (or creates) a database to build in; `path` may be `:memory:`. `memory` as DuckDB writes it, for example "2GB"; `only` are the files
 * and folders that it can touch, by default all.
 */
export async function openWorkshop(
  path: string,
  options: { memory?: string; temporary?: string; only?: { files: string[]; folders: string[] } } = {},
): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(path, {
    ...closed,
    ...(options.memory ? { memory_limit: options.memory } : {}),
    ...(options.temporary ? { temp_directory: options.temporary } : {}),
  });
  if (options.only) await confine(instance, options.only);
  return instance;
}

async function confine(
  instance: DuckDBInstance,
  { files, folders }: { files: string[]; folders: string[] },
): Promise<void> {
  const list = (paths: string[]) => `[${paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(', ')}]`;
  const connection = await instance.connect();
  await connection.run(`set allowed_paths = ${list(files)}`);
  await connection.run(`set allowed_directories = ${list(folders)}`);
  // Cannot be undone while the database is open.
  await connection.run('set enable_external_access = false');
  connection.closeSync();
}

/** Runs one statement and returns its rows as plain objects; DATE as UTC Date, DECIMAL as number, BIGINT as bigint. */
export async function rowsOf<Row>(
  connection: DuckDBConnection,
  sql: string,
  values?: Record<string, unknown>,
): Promise<Row[]> {
  const statement = await connection.prepare(sql);
  try {
    if (values) statement.bind(values as never);
    const result = await statement.runAndReadAll();
    return result.getRowObjectsJS() as Row[];
  } finally {
    statement.destroySync();
  }
}
