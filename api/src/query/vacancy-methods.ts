import type { Formula } from '@ahp/sql/measure';
import type { AreaRecord, Grain, Holding, PeriodRecord, VacancyMethod } from '../release/catalogue.ts';
import type { Figure } from './figure.ts';
import type { Shown, Warning } from './table.ts';
import { listed, lowerFirst, placeName } from './words.ts';

/** Areas whose vacancies would be added up in one figure, and when. */
export interface Counted {
  holding: Pick<Holding, 'vacancyMethods'>;
  grain: Grain;
  areas: readonly { code: string }[];
  period: Pick<PeriodRecord, 'end'>;
}

/** The methods by which a figure’s vacancies were counted; none where it is not made of vacancies, several where they may not be added up. */
export function vacancyMethodsOf(formula: Formula, { holding, grain, areas, period }: Counted): VacancyMethod[] {
  const made = { ...formula.numerator, ...('denominator' in formula ? formula.denominator : {}) };
  if (!('vacant_fte' in made)) return [];
  const found = areas.flatMap(({ code }) => holding.vacancyMethods.get(`${grain}|${period.end}|${code}`) ?? []);
  return [...new Set(found)];
}

/** How the vacancies shown were counted; and why those are not given that would be a sum of different counts, with what to ask instead. */
export function vacancyWarnings(rows: readonly Shown[]): Warning[] {
  const figures = rows.flatMap(({ area, figures }) => figures.map((figure) => ({ area, ...figure })));
  const byMethod = Map.groupBy(
    figures.filter(({ methods }) => methods.length === 1),
    ({ methods }) => methods[0]!,
  );
  const counted = [...byMethod].map(([{ meaning }, some]): Warning => {
    const nations = some.map(({ area }) => placeName(area.within('nation') ?? area));
    return { code: 'METHOD', message: `Vacancies in ${listed(distinct(nations))}: ${lowerFirst(meaning)}` };
  });
  const apart = figures.filter(({ methods }) => methods.length > 1);
  return apart.length > 0 ? [...counted, { code: 'METHODS_DIFFER', message: apartText(apart) }] : counted;
}

function apartText(apart: readonly (Figure & { area: AreaRecord })[]): string {
  const titles = listed(distinct(apart.map(({ measure }) => lowerFirst(measure.title))));
  const places = listed(distinct(apart.map(({ area }) => placeName(area))));
  const ways = distinct(apart.flatMap(({ methods }) => methods.map(({ label }) => label))).join('; ');
  return `No ${titles} of ${places}: vacancies are counted in different ways there (${ways}) and are not added up. Look at nations one by one; \`by: [NATION]\` gives each.`;
}

const distinct = (items: readonly string[]) => [...new Set(items)];
