import { listed } from '#lib/figure/words.ts';
import { breaksOf } from '#lib/server/breaks.ts';
import type { Catalogue } from '#lib/server/catalogue.ts';
import type { Definition } from '#lib/server/fragments.ts';

type Nations = Pick<Catalogue, 'nations'>;

/** Measures that may be compared between the same nations, those with the same reasons together. */
export interface Compared {
  /** "Between England and Wales; Northern Ireland and Scotland by themselves". */
  between: string;
  nations: string[];
  groups: { measures: { id: string; title: string }[]; reasons: string[] }[];
}

export interface Comparability {
  statement: string;
  compared: Compared[];
}

const labelsOf = ({ nations }: Nations, measure: Pick<Definition, 'comparable'>, among: boolean): string[] =>
  nations
    .filter(({ code }) => (measure.comparable as string[]).includes(code.toUpperCase()) === among)
    .map(({ label }) => label);

/** Between which nations a measure may be compared, in words; the others stand by themselves. */
export function betweenWords(all: Nations, measure: Pick<Definition, 'comparable'>): string {
  const [together, apart] = [labelsOf(all, measure, true), labelsOf(all, measure, false)];
  if (apart.length === 0) return 'Between all nations';
  if (together.length < 2) return `${listed(together)} alone`;
  return `Between ${listed(together)}; ${listed(apart)} by ${apart.length > 1 ? 'themselves' : 'itself'}`;
}

/** Whether a measure may be compared between all nations. */
export const betweenAll = (all: Nations, measure: Pick<Definition, 'comparable'>): boolean =>
  labelsOf(all, measure, false).length === 0;

/** What the definition of a measure says about nations, by which method it is here, and whose series has breaks, which are told once, per nation. */
function reasonsOf(all: Pick<Catalogue, 'nations' | 'breaks'>, measure: Definition): string[] {
  const caveats = measure.caveats.filter((caveat) => all.nations.some(({ label }) => caveat.includes(label)));
  const method = measure.parameters.find(({ name }) => name === 'method')?.choices[0];
  const told = [...caveats, ...(method ? [`Here, for every nation: ${method.meaning}.`] : [])];
  const touched = new Set(breaksOf(all, measure).map(({ nation }) => nation?.code));
  const broken = all.nations.filter(({ code }) => touched.has(code)).map(({ label }) => label);
  return broken.length > 0 && measure.comparable.length > 1
    ? [...told, `Breaks in the series of ${listed(broken)}: see below.`]
    : told;
}

/** What can be compared between nations and what cannot, measure by measure, with the reasons that definitions and breaks give. */
export function comparability(all: Pick<Catalogue, 'nations' | 'breaks' | 'measures'>): Comparability {
  const bySet = Map.groupBy(all.measures, (measure) => betweenWords(all, measure));
  const compared = [...bySet].map(([between, some]): Compared => ({
    between,
    nations: labelsOf(all, some[0]!, true),
    groups: groupsOf(all, some),
  }));
  compared.sort((one, other) => other.nations.length - one.nations.length);
  return { statement: statementOf(all, compared), compared };
}

/** Measures with the same reasons together, those without any first. */
function groupsOf(all: Pick<Catalogue, 'nations' | 'breaks'>, measures: Definition[]): Compared['groups'] {
  const byReasons = Map.groupBy(measures, (measure) => reasonsOf(all, measure).join('\n'));
  const groups = [...byReasons.values()].map((some) => ({
    measures: some
      .map(({ id, title }) => ({ id, title }))
      .sort((one, other) => one.title.localeCompare(other.title, 'en-GB')),
    reasons: reasonsOf(all, some[0]!),
  }));
  return groups.sort((one, other) => one.reasons.length - other.reasons.length);
}

function statementOf(all: Pick<Catalogue, 'nations' | 'measures'>, compared: Compared[]): string {
  const count = (fits: (nations: string[]) => boolean) =>
    compared
      .filter(({ nations }) => fits(nations))
      .reduce((sum, { groups }) => sum + groups.reduce((some, { measures }) => some + measures.length, 0), 0);
  const size = all.nations.length;
  const alone = new Set(compared.flatMap(({ nations }) => (nations.length === 1 ? nations : [])));
  return [
    `Of ${all.measures.length} measures, ${count(({ length }) => length === size)} can be compared between all nations`,
    `${count(({ length }) => length > 1 && length < size)} between some of them`,
    `and ${count(({ length }) => length === 1)} between none: they are of ${listed([...alone])} alone.`,
  ].join(', ');
}
