import type { Cells, CellsWanted } from './cell-reader.ts';
import type { CellTable } from './cell-table.ts';

/**
 * Cells for who may read those of some employers alone. Questions are kept to these employers before they are planned; this is where it holds
 * whatever the plan. Official figures are public.
 */
export class OwnCells implements Cells {
  readonly #cells: Cells;
  readonly #organisations: ReadonlySet<string>;

  constructor(cells: Cells, organisations: readonly string[]) {
    this.#cells = cells;
    this.#organisations = new Set(organisations);
  }

  /** Throws when a cell of anybody else is wanted. */
  async read(wanted: CellsWanted): Promise<CellTable> {
    const { feed, level, areas } = wanted;
    const theirs = level === 'organisation' && areas.every((area) => this.#organisations.has(area));
    if (feed === null && !theirs) throw new Error('own figures of another employer were asked for');
    return this.#cells.read(wanted);
  }
}
