import type { DuckDBInstance } from '@duckdb/node-api';
import { Kysely } from 'kysely';
import { DuckDBDialect } from '@ahp/sql/dialect';
import { openRelease } from '@ahp/sql/open';
import { openOwnRelease } from '@ahp/sql/own-files';
import type { ReleaseSchema } from '@ahp/sql/schema';
import type { Catalogue } from './catalogue.ts';
import { CellReader, type Cells } from './cell-reader.ts';
import { FormulaFunctions } from './formula-functions.ts';
import { OwnCells } from './own-cells.ts';
import type { OwnFiles } from './private-part.ts';
import { readCatalogue } from './read-catalogue.ts';

/** An open release of one audience. It is closed once it is retired and nobody uses it any more. */
export class OpenRelease {
  readonly catalogue: Catalogue;
  readonly db: Kysely<ReleaseSchema>;
  readonly cells: Cells;
  readonly formulas: FormulaFunctions;
  /** What is read about everybody else: for own figures the file of the public, else this one. */
  readonly others: OpenRelease;
  readonly #close: () => void;
  #uses = 0;
  #retired = false;

  private constructor(
    { catalogue, db, cells, formulas }: Pick<OpenRelease, 'catalogue' | 'db' | 'cells' | 'formulas'>,
    close: () => void,
    others?: OpenRelease,
  ) {
    this.others = others ?? this;
    this.catalogue = catalogue;
    this.db = db;
    this.cells = cells;
    this.formulas = formulas;
    this.#close = close;
  }

  /** Opens the file read-only and reads its catalogue. When it was published is in the manifest: files never change after they are built. */
  static async open(path: string, publishedAt: string | null = null): Promise<OpenRelease> {
    return OpenRelease.#of(await openRelease(path), publishedAt);
  }

  /**
   * Opens the own figures of some employers, and of nobody else. What all employers have in common (which periods, which tallies a nation
   * collects, who follows whom) is that of `others`, the same release for everybody.
   */
  static async openOwn({ lists, files }: OwnFiles, others: OpenRelease): Promise<OpenRelease> {
    const { publishedAt } = others.catalogue.release;
    return OpenRelease.#of(await openOwnRelease(lists, files), publishedAt, others.db);
  }

  static async #of(
    instance: DuckDBInstance,
    publishedAt: string | null,
    inCommon?: Kysely<ReleaseSchema>,
  ): Promise<OpenRelease> {
    const db = new Kysely<ReleaseSchema>({ dialect: new DuckDBDialect({ instance }) });
    const cells = new CellReader(instance);
    const close = () => {
      cells.close();
      void db.destroy().then(() => instance.closeSync());
    };
    try {
      const catalogue = await readCatalogue(db, inCommon);
      catalogue.release.publishedAt ??= publishedAt;
      return new OpenRelease({ catalogue, db, cells, formulas: new FormulaFunctions(db) }, close);
    } catch (error) {
      close();
      throw error;
    }
  }

  /** The same release for who may read protected cells of these employers alone, and of all others what is public. It is open as long as both are. */
  ownOf(organisations: readonly string[], others: OpenRelease): OpenRelease {
    return new OpenRelease({ ...this, cells: new OwnCells(this.cells, organisations) }, () => {}, others);
  }

  get uses(): number {
    return this.#uses;
  }

  /** Keeps the file open until the function that is returned is called. */
  retain(): () => void {
    this.#uses += 1;
    let done = false;
    return () => {
      if (done) return;
      done = true;
      this.#uses -= 1;
      this.#closeWhenIdle();
    };
  }

  /** No new request will use it: close it as soon as those under way have ended. */
  retire(): void {
    this.#retired = true;
    this.#closeWhenIdle();
  }

  #closeWhenIdle(): void {
    if (this.#retired && this.#uses === 0) {
      this.#retired = false;
      this.#close();
    }
  }
}
