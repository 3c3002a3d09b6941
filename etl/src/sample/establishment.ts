import { isoDay, monthEndDay } from './calendar.ts';
import { isSupport, professionOfOccupation, professions, readCodeList } from './code-lists.ts';
import { bandPlace, hasSecondPost, PRESENCE } from './people.ts';
import type { Random } from './random.ts';
import type { RowFile } from './row-file.ts';
import { currentMonth } from './population.ts';
import type { World } from './world.ts';

export const ESTABLISHMENT_HEADER =
  'period_end,organisation_code,profession,band,funded_fte,vacant_fte,practice_educator_fte,vacancy_method';
export const PLAN_HEADER = 'year_end,organisation_code,profession,target_fte';

const LADDER = ['2', '3', '4'];
const lowest = bandPlace('2');

/** FTE in post in thousandths: index (organisation * professions + profession) * 3 + band on the ladder 2, 3, 4. */
export function supportInPost(world: World): Int32Array {
  const { people, organisations } = world;
  const inPost = new Int32Array(organisations.length * professions.length * LADDER.length);
  for (let person = 0; person < people.count; person++) {
    if (people.presence[person] !== PRESENCE.present) continue;
    for (let post = 2 * person; post <= 2 * person + (hasSecondPost(people, person) ? 1 : 0); post++) {
      const band = people.band[post]! - lowest;
      if (!isSupport[people.occupation[post]!] || band < 0 || band > 2) continue;
      const profession = professionOfOccupation[people.occupation[post]!]!;
      inPost[(people.organisation[post]! * professions.length + profession) * 3 + band]! += people.fte[post]!;
    }
  }
  return inPost;
}

/** How each nation counts vacancies. */
const methods = new Map(
  readCodeList('vacancy_method').flatMap(({ nations = '', code = '', below_zero }) =>
    nations.split(' ').map((nation) => [nation, { code, signed: below_zero === 'yes' }] as const),
  ),
);

/** Funded posts of organisations that report them. Vacancies below zero mean more staff than funded posts, where the nation counts them so. */
export function writeEstablishment(world: World, file: RowFile, random: Random): void {
  const date = isoDay(monthEndDay(currentMonth(world)));
  const inPost = supportInPost(world);
  for (const [index, organisation] of world.organisations.entries()) {
    if (!organisation.reportsEstablishment) continue;
    const method = methods.get(organisation.nation)!;
    for (const [profession, code] of professions.entries())
      for (const [step, band] of LADDER.entries()) {
        const fte = inPost[(index * professions.length + profession) * 3 + step]! / 1000;
        if (fte === 0) continue;
        const balance = fte * (organisation.vacancyRate + 0.05 * random.normal());
        const vacant = method.signed ? balance : Math.max(0, balance);
        const educators = fte * organisation.practiceEducators;
        file.row(date, `,${organisation.code},${code},${band},${(fte + vacant).toFixed(2)},${vacant.toFixed(2)},${educators.toFixed(2)},${method.code}`); // prettier-ignore
      }
  }
}

/** Targets of organisations that plan, for every year end of the sample and two more: growth of the FTE at the opening. */
export function writePlan(world: World, opening: Int32Array, file: RowFile, random: Random): void {
  const first = world.opening + ((2 - (world.opening % 12) + 12) % 12);
  const { merger } = world.effects;
  const base = (index: number, profession: number) =>
    [0, 1, 2].reduce((sum, step) => sum + opening[(index * professions.length + profession) * 3 + step]!, 0) / 1000;
  for (const [index, organisation] of world.organisations.entries())
    for (const [profession, code] of professions.entries()) {
      const growth = 1 + 0.045 * random.next();
      const left = random.chance(0.15);
      const parts = index === merger.organisation ? merger.old : [index];
      const fte = parts.reduce((sum, part) => sum + (part < merger.organisation ? base(part, profession) : 0), 0);
      if (!organisation.plans || left || fte < 1) continue;
      for (let year = 0; first + 12 * year <= world.opening + world.months + 24; year++) {
        const month = first + 12 * year;
        const merged = month >= world.opening + merger.month;
        if (index === merger.organisation ? !merged : merged && merger.old.includes(index)) continue;
        file.row(isoDay(monthEndDay(month)), `,${organisation.code},${code},${(fte * growth ** year).toFixed(1)}`);
      }
    }
}
