import { figureSql } from '@ahp/sql/figure-sql';
import type { Formula, Sum } from '@ahp/sql/measure';
import type { FormulaFunction, FormulaFunctions } from '../release/formula-functions.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Block, FigureAsked, Reading, View } from './block.ts';
import { sumVariance } from './noise.ts';
import { sumsOf, weighted, type Sums } from './sums.ts';
import { tablesOf } from './tables.ts';

/** One side of a comparison as cells give it: sums, value and limits, unscaled. */
export interface Side {
  x: number | null;
  n: number | null;
  /** People that the figure rests on, where the measure says who. */
  base: number | null;
  value: number | null;
  lower: number | null;
  upper: number | null;
  /** Number of people whose sampling variance equals that of the figure with its noise. */
  effective: number | null;
  /** Cells that its numerator is summed over. */
  cells: number;
  /** Whether a table is too sparse for one of the places, or would tell what everyone there is. */
  withheld: boolean;
}

export interface CellFigure extends Side {
  other: Side;
  differenceLower: number | null;
  differenceUpper: number | null;
}

/** Figures of one group in one period; `found` says whether any of its cells exists. */
export interface Line {
  g: number;
  p: number;
  found: boolean;
  figures: CellFigure[];
}

/** Reads cells and makes figures of them. All formulas are the release’s own macros. */
export async function readCells(open: OpenRelease, reading: Reading): Promise<Line[]> {
  const { views, figures } = reading;
  const { formulas } = open;
  const aside: Reading = { ...reading, ...reading.beside };
  const talliesOf = views.map((_, k) => talliesRead(figures, k));
  const tallied = (blocksOf: (view: View) => readonly Block[]) =>
    views.flatMap((view, k) => blocksOf(view).map((block) => ({ block, tallies: talliesOf[k]! })));
  const isSame = aside.catalogue === reading.catalogue;
  const tableOf = await tablesOf(
    open.cells,
    reading,
    tallied(({ blocks, beside }) => (isSame ? [...blocks, ...beside] : blocks)),
  );
  const tableBeside = isSame
    ? tableOf
    : await tablesOf(
        open.others.cells,
        aside,
        tallied(({ beside }) => beside),
      );
  const held = views.map(({ blocks }, k) => sumsOf(reading, blocks, talliesOf[k]!, tableOf));
  const beside = views.map((view, k) => sumsOf(aside, view.beside, talliesOf[k]!, tableBeside));
  const made = await Promise.all(figures.map(({ formula }) => functionsOf(formulas, formula)));
  const differences = await differencesOf(formulas);
  return [...held[0]!].map(([key, { found }]) => {
    const [g, p] = key.split('|').map(Number) as [number, number];
    const lineFigures = figures.map((figure, i): CellFigure => {
      const side = (from: Reading, sums: readonly Map<string, Sums>[]) => {
        const [top, bottom] = [sums[figure.part]!.get(key), sums[figure.whole]!.get(key)];
        return top || bottom ? sideOf(from, figure, made[i]!, top, bottom) : empty;
      };
      const [own, other] = [side(reading, held), side(aside, beside)];
      if (other === empty) return { ...own, other, differenceLower: null, differenceUpper: null };
      return {
        ...own,
        other,
        differenceLower: differences.lower(own.value, own.lower, other.value, other.upper),
        differenceUpper: differences.upper(own.value, own.upper, other.value, other.lower),
      };
    });
    return { g, p, found: found > 0, figures: lineFigures };
  });
}

/** Where there are no cells at all. */
const empty: Side = {
  x: null,
  n: null,
  base: null,
  value: null,
  lower: null,
  upper: null,
  effective: null,
  cells: 0,
  withheld: false,
};

function talliesRead(figures: readonly FigureAsked[], view: number): string[] {
  const sums = figures.flatMap(({ measure, formula, part, whole }) => [
    ...(part === view ? [formula.numerator] : []),
    ...(whole === view ? ['denominator' in formula ? formula.denominator : {}, measure.base ?? {}] : []),
  ]);
  return [...new Set(sums.flatMap((sum) => Object.keys(sum)))];
}

interface Functions {
  value: FormulaFunction;
  lower: FormulaFunction;
  upper: FormulaFunction;
  effective: FormulaFunction;
}

const columns = ['x', 'n', 'vx', 'vn'] as const;
const nothing: FormulaFunction = () => null;

async function functionsOf(formulas: FormulaFunctions, formula: Formula): Promise<Functions> {
  const { value, lower, upper } = figureSql(formula, { x: 'x', n: 'n', vx: 'vx', vn: 'vn' });
  const proportion = formula.kind === 'proportion' || formula.kind === 'share';
  return {
    value: await formulas.of(value, columns),
    lower: await formulas.of(lower, columns),
    upper: await formulas.of(upper, columns),
    effective: proportion ? await formulas.of('noisy_effective_n(x, n, vx, vn)', columns) : nothing,
  };
}

async function differencesOf(formulas: FormulaFunctions): Promise<Pick<Functions, 'lower' | 'upper'>> {
  const limits = ['a', 'limit_a', 'b', 'limit_b'];
  return {
    lower: await formulas.of('limits_difference_lower(a, limit_a, b, limit_b)', limits),
    upper: await formulas.of('limits_difference_upper(a, limit_a, b, limit_b)', limits),
  };
}

/** Sums, value and limits of one side of a figure: numerators from `top`, denominators from `bottom`. */
function sideOf(
  { catalogue, holding }: Reading,
  { measure, formula }: FigureAsked,
  { value, lower, upper, effective }: Functions,
  top: Sums | undefined,
  bottom: Sums | undefined,
): Side {
  const noisy = holding.source === 'extracts';
  const noise = (sum: Sum, sums: Sums | undefined) =>
    sums ? (noisy ? sumVariance(catalogue.audience, sum) : 0) * sums.cells : null;
  const denominator = 'denominator' in formula ? formula.denominator : {};
  const [x, n] = [weighted(top, formula.numerator), weighted(bottom, denominator)];
  const given = [x, n, noise(formula.numerator, top), noise(denominator, bottom)] as const;
  return {
    x,
    n,
    base: weighted(bottom, measure.base ?? {}),
    value: value(...given),
    lower: lower(...given),
    upper: upper(...given),
    effective: effective(...given),
    cells: top?.cells ?? 0,
    withheld:
      (top?.withheld ?? false) ||
      (bottom?.withheld ?? false) ||
      (holding.source === 'published' && (saysNot(top, formula.numerator) || saysNot(bottom, denominator))),
  };
}

const saysNot = (sums: Sums | undefined, sum: Sum) => Object.keys(sum).some((tally) => sums?.unsaid.has(tally));
