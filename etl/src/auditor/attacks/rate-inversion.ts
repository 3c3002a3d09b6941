import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { argumentsOf } from '@ahp/sql/arguments';
import { evaluate, type Evaluated } from '@ahp/sql/evaluate';
import { figureSql } from '@ahp/sql/figure-sql';
import type { Measure, Sum } from '@ahp/sql/measure';
import { openRelease, rowsOf } from '@ahp/sql/open';
import { measures } from '@ahp/sql/registry';
import type { Audience } from '../../disclosure/audiences.ts';
import { onEachAudience, percent, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { camel, dataOf, figureFields, organisationsOf, type Figure } from '../questions.ts';

const subjects = ['staff', 'turnover', 'progression', 'training', 'equity'];
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

type Row = { band: { code: string } } & Record<string, Figure>;
interface Place {
  level: string;
  code: string;
  where: string;
}

/** Every shown figure is made again from published cells alone: then none can say more about a true count than those do. */
export const rateInversion: Attack = {
  number: 10,
  id: 'rate_inversion',
  title: 'Rate × denominator: values, numerators, denominators and intervals made again from published cells',
  criterion: '100% equal',
  fast: false,
  asks: true,
  run: (context) => onEachAudience(context, attack),
};

async function attack(context: Context, audience: Audience): Promise<Outcome> {
  const { period, areas } = await organisationsOf(context, audience.id);
  const organisation = areas[0]!.code;
  const places: Place[] = [
    { level: 'nation', code: 'england', where: 'nation: [ENGLAND]' },
    { level: 'organisation', code: organisation, where: `organisation: ["${organisation}"]` },
  ];
  const asked = measures.filter((measure) => subjects.includes(measure.subject) && !measure.within);
  let shown = 0;
  let intervals = 0;
  const wrong: string[] = [];
  const reaches = new Map<string, string>();
  for (const place of places)
    await onCells(context, audience, place, async (connection) => {
      for (const measure of asked) {
        const made = await evaluate(connection, measure, { by: ['band'] });
        for (const row of await answersOf(context, audience, place, period, measure)) {
          const figure = row[camel(measure.id)]!;
          if (figure.value === null) continue;
          shown += 1;
          const cell = made.find(({ categories }) => categories.band === row.band.code);
          const limits = await limitsOf(connection, audience, measure, figure);
          if (limits) intervals += 1;
          if (!agrees(figure, cell, limits, isOfTable(figure) ? reaches : null, measure.id)) wrong.push(measure.id);
        }
      }
    });
  const named = [...new Set(wrong)];
  return {
    figure: `${percent((shown - wrong.length) / Math.max(1, shown))} of ${shown.toLocaleString('en-GB')} figures and ${intervals.toLocaleString('en-GB')} intervals equal${named.length > 0 ? ` (not: ${named.slice(0, 5).join(', ')})` : ''}`,
    passed: shown > 0 && wrong.length === 0,
  };
}

/** Whether the interval says what the p-table may have made of the actual count, and is no multiple of a standard deviation. */
const isOfTable = ({ interval }: Figure) => interval?.method.includes('holds the actual count') ?? false;

/**
 * A category that no published cell is in counts as 0. An interval of the p-table must be the same for every figure of the same published count and
 * cells (`reaches`): then it says no more than the count.
 */
function agrees(
  figure: Figure,
  made: Evaluated | undefined,
  limits: Figure['interval'] | null,
  reaches: Map<string, string> | null,
  id: string,
): boolean {
  if (!near(figure.value!, made?.value ?? 0)) return false;
  if (figure.numerator !== null && !near(figure.numerator, made?.numerator ?? 0)) return false;
  if (figure.denominator !== null && made && !near(figure.denominator, made.denominator)) return false;
  if (reaches) {
    const { value, numerator, denominator, noise, interval } = figure;
    // Rates have intervals of several kinds.
    const key = [numerator === null ? 'count' : id, value, denominator, noise?.cells].join('|');
    const reach = `${interval!.lower} to ${interval!.upper}`;
    if (!reaches.has(key)) reaches.set(key, reach);
    return reaches.get(key) === reach;
  }
  return limits === null || (near(figure.interval!.lower, limits.lower) && near(figure.interval!.upper, limits.upper));
}

/**
 * The interval from the figure’s own numerator and denominator and the stated variance of the noise; null for sums such as FTE and for
 * shares of a total, whose variances are made of other things than V.
 */
async function limitsOf(
  connection: DuckDBConnection,
  { v }: Audience,
  measure: Measure,
  { value, numerator, denominator, noise, interval }: Figure,
): Promise<Figure['interval'] | null> {
  const formula = measure.formula(argumentsOf(measure), 'extracts');
  if (!interval || !noise || formula.kind === 'share' || formula.kind === 'change' || measure.scale) return null;
  const sums = [formula.numerator, 'denominator' in formula ? formula.denominator : {}];
  if (sums.flatMap((sum) => Object.keys(sum)).some((tally) => /fte|hours|months|domains/.test(tally))) return null;
  const variance = (sum: Sum) => noise.cells * v * Object.values(sum).reduce((total, weight) => total + weight ** 2, 0);
  const { lower, upper } = figureSql(formula, {
    x: `${numerator ?? value}::double`,
    n: `${denominator ?? 0}::double`,
    vx: `${variance(sums[0]!)}::double`,
    vn: `${variance(sums[1]!)}::double`,
  });
  const [limits] = await rowsOf<{ lower: number; upper: number }>(
    connection,
    `select ${lower} as lower, ${upper} as upper`,
  );
  return { ...interval, ...limits! };
}

async function answersOf(
  { surface }: Context,
  audience: Audience,
  place: Place,
  period: string,
  measure: Measure,
): Promise<Row[]> {
  const { subject, id } = measure;
  const type = `${subject[0]!.toUpperCase()}${subject.slice(1)}Table`;
  const document = `{ ${subject}(by: [BAND], where: { ${place.where} }, period: { at: { end: "${period}", grain: YEAR } }) {
    ... on ${type} { rows { band { code } ${camel(id)} { ${figureFields} } } } ... on QueryRefused { code message } } }`;
  const data = await dataOf<Record<string, { rows?: Row[] }>>(surface!, document, { as: audience.id });
  return data[subject]!.rows ?? [];
}

/** Gives a connection to the release file on which `cell` is one place in the latest year. */
async function onCells(
  context: Context,
  { id }: Audience,
  place: Place,
  work: (connection: DuckDBConnection) => Promise<void>,
): Promise<void> {
  const instance = await openRelease(join(context.folder, `${id}.duckdb`));
  const connection = await instance.connect();
  try {
    await connection.run(
      `create temp view cell as select * from "${id}".main.cell where grain = 'year' and level = '${place.level}' and area = '${place.code}'
       and period_end = (select max(period_end) from "${id}".main.period where grain = 'year')`,
    );
    await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
