import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dimensions, setName } from '../lattice/dimensions.ts';
import { families, policyOf, talliesOf, type Grain } from '../lattice/policy.ts';
import { everyArguments } from './arguments.ts';
import { figuresOf } from './hand-counted.ts';
import { likeForLike, asks, everyNation, parameters, subjects, type Formula, type Measure } from './measure.ts';
import { measuresReadme } from './measures-readme.ts';
import { measureById, measures } from './registry.ts';
import { publishedTallies, tallies, type Tally } from './tally.ts';

const folder = new URL('../measures/', import.meta.url);
const nations = { england: 'England', scotland: 'Scotland', wales: 'Wales', northern_ireland: 'Northern Ireland' };
const lattice = new Set(families.flatMap(talliesOf));

/** Tallies that measures are ready for and no cell carries yet. */
const awaited: readonly Tally[] = [];

/** Where each tally is: the sets by grain, for every audience together. */
const held = new Map<Tally, Set<string>>();
for (const audience of ['public', 'trusted', 'own'] as const)
  for (const { grain, set, tally } of policyOf(audience))
    held.set(tally, (held.get(tally) ?? new Set()).add(`${grain}|${set}`));

function talliesIn(formula: Formula): Tally[] {
  return Object.keys({ ...formula.numerator, ...('denominator' in formula ? formula.denominator : {}) }) as Tally[];
}

const formulasOf = (measure: Measure) => everyArguments(measure).map((given) => measure.formula(given));
const holds = (grain: Grain, set: readonly string[], sum: object) =>
  (Object.keys(sum) as Tally[]).every(
    (tally) => awaited.includes(tally) || held.get(tally)?.has(`${grain}|${setName(set)}`) === true,
  );

/** Whether some dimension set has all cells that a formula is read from. */
function isAnswered(formula: Formula, grain: Grain): boolean {
  const sets = [
    ...new Set([...held.values()].flatMap((places) => [...places].map((place) => place.split('|')[1]!))),
  ].map((name) => (name === '' ? [] : name.split('+')));
  if (formula.kind !== 'share')
    return sets.some((set) =>
      holds(grain, set, { ...formula.numerator, ...('denominator' in formula ? formula.denominator : {}) }),
    );
  return sets.some((set) => {
    const rest = set.filter((id) => !formula.of.includes(id));
    if (rest.length === set.length) return false;
    return holds(grain, set, formula.numerator) && holds(grain, formula.known ? set : rest, formula.denominator);
  });
}

describe.each(measures.map((measure) => [measure.id, measure] as const))('%s', (id, measure) => {
  test('is in the file of its name, with a test beside it', () => {
    expect(readFileSync(new URL(`${id}.ts`, folder), 'utf8')).toContain(`id: '${id}'`);
    expect(existsSync(new URL(`${id}.test.ts`, folder))).toBe(true);
  });

  test('says what it is, which ask it serves, and where its definition comes from', () => {
    expect(id).toMatch(/^[a-z][a-z0-9_]+$/);
    expect(subjects).toContain(measure.subject);
    expect(Object.keys(asks)).toContain(measure.ask);
    expect(measure.title).toMatch(/^[A-Z]/);
    expect(measure.plain).toMatch(/^[A-Z].{20,198}\.$/);
    expect(measure.source.length).toBeGreaterThan(20);
    expect(measure.caveats.length).toBeGreaterThan(0);
    for (const caveat of measure.caveats) expect(caveat).toMatch(/^\P{Ll}.+\.$/u);
  });

  test('takes arguments that exist, the default first, and each of them changes it', () => {
    for (const [name, values] of Object.entries(measure.parameters ?? {})) {
      const known = Object.keys(parameters[name as keyof typeof parameters]);
      expect(values.length).toBeGreaterThan(1);
      for (const value of values) expect(known).toContain(value);
    }
    const texts = formulasOf(measure).map((formula) => JSON.stringify(formula));
    const named = Object.keys(measure.parameters ?? {});
    for (const name of named) {
      const alone = everyArguments({ ...measure, parameters: { [name]: measure.parameters![name as 'scope'] } });
      expect(new Set(alone.map((given) => JSON.stringify(measure.formula(given)))).size).toBe(alone.length);
    }
    if (named.length === 0) expect(texts).toHaveLength(1);
  });

  test('is made of tallies that a release carries', () => {
    for (const formula of formulasOf(measure))
      for (const tally of talliesIn(formula)) {
        expect(Object.keys(tallies)).toContain(tally);
        expect(lattice.has(tally) || publishedTallies.includes(tally) || awaited.includes(tally), tally).toBe(true);
      }
  });

  test('is offered at grains at which its cells exist together, or a publication has it', () => {
    const [given] = everyArguments(measure);
    const published = talliesIn(measure.formula(given!, 'published'));
    expect(measure.grains.length).toBeGreaterThan(0);
    if (published.every((tally) => publishedTallies.includes(tally))) return;
    for (const grain of measure.grains) expect(isAnswered(measure.formula(given!), grain), grain).toBe(true);
    for (const formula of formulasOf(measure)) expect(isAnswered(formula, 'year')).toBe(true);
  });

  test('names the nations that it does not compare', () => {
    expect(measure.comparable.length).toBeGreaterThan(0);
    for (const nation of everyNation.filter((each) => !measure.comparable.includes(each)))
      expect(measure.caveats.join(' '), nation).toContain(nations[nation]);
  });

  test('has a unit that fits how it is made', () => {
    for (const formula of formulasOf(measure)) {
      const { kind } = formula;
      if (kind === 'count') expect(['people', 'fte']).toContain(measure.unit);
      else expect(['people', 'fte', 'roles']).not.toContain(measure.unit);
      if (kind === 'proportion' || kind === 'share' || kind === 'change') expect(measure.unit).toBe('percent');
      if (kind === 'rate') expect(measure.unit).toBe(formula.per === 1 ? 'percent' : 'per_100');
      if (measure.unit === 'ratio' || measure.unit === 'score' || measure.unit === 'hours') expect(kind).toBe('ratio');
    }
  });

  test('looks in dimensions that exist', () => {
    const known = dimensions.map(({ id }) => id);
    for (const formula of formulasOf(measure))
      if (formula.kind === 'share') for (const dimension of formula.of) expect(known).toContain(dimension);
    if (measure.within) expect(known).toContain(measure.within.dimension);
  });

  test('of known answers to a question that many leave open names the measure of how many answered', () => {
    for (const formula of formulasOf(measure)) {
      if (formula.kind !== 'share' || !formula.known || !formula.categories) continue;
      const [characteristic] = formula.of;
      if (!['ethnic_group', 'disability'].includes(characteristic!)) continue;
      const disclosure = measureById(measure.disclosure ?? '').formula(everyArguments(measure)[0]!);
      expect(disclosure).toMatchObject({ kind: 'share', of: [characteristic] });
      expect(disclosure).not.toHaveProperty('known');
    }
  });

  test('has no value where nobody is counted, unless it is a count', async () => {
    for (const given of everyArguments(measure)) {
      const [figure] = await figuresOf(measure, {}, { given });
      expect(figure!.value).toBe(measure.formula(given).kind === 'count' ? 0 : null);
    }
  });

  test('as an outcome is a proportion of people, and worse is the other way than good', () => {
    if (!measure.outcome) return;
    const [given] = everyArguments(measure);
    expect(measure.formula({ ...given!, ...measure.outcome.given }).kind).toBe('proportion');
    expect(measure.outcome.worse).toBe(measure.direction === 'up' ? 'lower' : 'higher');
  });
});

test('ids and titles are unique, and no id is that of a dimension', () => {
  const ids = measures.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(measures.map(({ title }) => title.toLowerCase())).size).toBe(ids.length);
  expect(dimensions.map(({ id }) => id).filter((id) => ids.includes(id))).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.endsWith('.test.ts'))).toHaveLength(ids.length);
});

test('every ask of the joint statement and every subject has a measure', () => {
  expect(Object.keys(asks).filter((ask) => !measures.some((measure) => measure.ask === ask))).toEqual([]);
  expect(subjects.filter((subject) => !measures.some((measure) => measure.subject === subject))).toEqual([]);
});

test('tallies are awaited only until cells carry them', () => {
  expect(awaited.filter((tally) => lattice.has(tally))).toEqual([]);
});

test('every tally that people are counted in has a measure that shows it', () => {
  const shown = new Set(
    measures.flatMap((measure) =>
      formulasOf(measure).flatMap((formula) => [...talliesIn(formula), ...talliesIn(likeForLike(formula))]),
    ),
  );
  const bases: readonly Tally[] = [
    'exposure_months',
    'headcount_planned_for',
    'hours_changed',
    'registered_fte',
    'unstepped',
    'unstepped_left',
    'unstepped_registered',
  ];
  expect([...lattice].filter((tally) => !shown.has(tally) && !bases.includes(tally))).toEqual([]);
});

test('the groups of people that outcomes compare have those cells every year', () => {
  for (const { id, outcome, formula } of measures.filter((measure) => measure.outcome)) {
    const [given] = everyArguments(measureById(id));
    const made = formula({ ...given!, ...outcome!.given });
    for (const group of ['sex', 'ethnic_group', 'age_band', 'disability'])
      for (const tally of talliesIn(made))
        expect(held.get(tally)?.has(`year|${group}`), `${id} ${tally} ${group}`).toBe(true);
  }
});

test('a measure that does not exist is refused by name', () => {
  expect(measureById('leaver_rate').title).toBe('Leaver rate');
  expect(() => measureById('leaver_speed')).toThrow('no measure is called "leaver_speed"');
});

test('the committed table of measures is that of the registry', () => {
  expect(readFileSync(new URL('README.md', folder), 'utf8')).toBe(measuresReadme(measures));
});
