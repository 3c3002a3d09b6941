/** Days since 1 January 1970 of an ISO date. */
export const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** Codes of the ENUM columns of a release, in the order of their numbers. */
export interface Codes {
  area: ReadonlyMap<string, number>;
  category: ReadonlyMap<string, number>;
  tally: ReadonlyMap<string, number>;
}

/** A cell of a table without its value: where it is and in which categories, as one number. */
export type Place = number;

/** Numbers of the categories in each column, 0 for none. */
type Pattern = readonly [number, number, number];

const categories = 2 ** 12;
const tallies = 2 ** 10;

/** Cells of one table (set, grain, level) in memory: value by tally, day and place; null where it is withheld, nothing where there is none. */
export class CellTable {
  readonly #codes: Codes;
  readonly #byTallyAndDay = new Map<number, Map<Place, number | null>>();
  readonly #withheld = new Map<string, Pattern[]>();
  #size = 0;

  constructor(codes: Codes) {
    this.#codes = codes;
  }

  /** Number of cells. */
  get size(): number {
    return this.#size;
  }

  /** Adds a cell by the numbers of its codes; 0 where it has no category, else the number of the category plus 1. */
  add(area: number, day: number, [a, b, c]: Pattern, tally: number, value: number | null): void {
    const key = day * tallies + tally;
    let cells = this.#byTallyAndDay.get(key);
    if (!cells) this.#byTallyAndDay.set(key, (cells = new Map()));
    cells.set(((area * categories + a) * categories + b) * categories + c, value);
    this.#size += 1;
  }

  /** Adds what the release lists as withheld: cells of a tally, where 0 stands for every category. */
  withhold(area: number, day: number, categories: Pattern, tally: number): void {
    const key = `${day}|${tally}|${area}`;
    const known = this.#withheld.get(key);
    if (known) known.push(categories);
    else this.#withheld.set(key, [categories]);
    this.#size += 1;
  }

  /** Whether the release lists a cell as withheld; it then has none, and that is no 0. */
  isWithheld(tally: string, day: number, place: Place): boolean {
    if (this.#withheld.size === 0) return false;
    const area = Math.floor(place / categories ** 3);
    const patterns = this.#withheld.get(`${day}|${this.#codes.tally.get(tally)}|${area}`);
    return (
      patterns?.some((pattern) =>
        pattern.every((category, column) => category === 0 || category === categoryOfPlace(place, column)),
      ) ?? false
    );
  }

  /** The place of an area and its categories in the order of the set; null when the release has no such code, and so no such cell. */
  placeOf(area: string, codes: readonly string[]): Place | null {
    const number = this.#codes.area.get(area);
    if (number === undefined) return null;
    let place = number;
    for (let i = 0; i < 3; i += 1) {
      const code = codes[i] === undefined ? -1 : this.#codes.category.get(codes[i]!);
      if (code === undefined) return null;
      place = place * categories + code + 1;
    }
    return place;
  }

  /** All cells of a tally on a day. */
  cellsOf(tally: string, day: number): ReadonlyMap<Place, number | null> {
    const number = this.#codes.tally.get(tally);
    return (number !== undefined && this.#byTallyAndDay.get(day * tallies + number)) || none;
  }
}

const none: ReadonlyMap<Place, number | null> = new Map();

/** The place of the whole area that a place is in. */
export const areaOfPlace = (place: Place): Place => Math.floor(place / categories ** 3) * categories ** 3;

/** Number of the category in the column (0, 1 or 2) of a place. */
export const categoryOfPlace = (place: Place, column: number): number =>
  Math.floor(place / categories ** (2 - column)) % categories;
