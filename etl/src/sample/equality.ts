import { ethnicGroupOfLetter, ethnicLetters } from './code-lists.ts';
import { femaleShare, minorityMix, minorityShare, minorityShareAllBands, minorityShareByBand } from './margins.ts';
import type { Organisation } from './organisations.ts';
import { placeOf } from './organisations.ts';
import { cumulative } from './random.ts';
import type { Random } from './random.ts';

export const SEXES = ['', 'female', 'male'] as const;
export const DISABILITIES = ['', 'yes', 'no'] as const;

const letter = (value: string) => ethnicLetters.indexOf(value);
const NOT_STATED = letter('Z');
const NOT_RECORDED = letter('');
const groups = ['mixed', 'asian', 'black', 'other'];
const lettersOf = (group: string) => ethnicLetters.flatMap((_, place) => (ethnicGroupOfLetter[place] === group ? [place] : [])); // prettier-ignore
const lettersOfGroup = groups.map(lettersOf);
const white = lettersOf('white');
const whiteWeights = cumulative([88, 2, 10]);
const london = cumulative(minorityMix.london);
const elsewhere = cumulative(minorityMix.elsewhere);

/** Sex: a share of women that depends on the profession; 0.3 % not recorded. */
export function drawSex(profession: number, random: Random): number {
  if (random.chance(0.003)) return 0;
  return random.chance(femaleShare[profession]!) ? 1 : 2;
}

/** Ethnic group letter: 3 % not stated and 1 % not recorded; the rest by place and band (see margins). */
export function drawEthnicity(organisation: Organisation, band: string, random: Random): number {
  if (random.chance(0.03)) return NOT_STATED;
  if (random.chance(0.0103)) return NOT_RECORDED;
  const ladder = (minorityShareByBand[band] ?? minorityShareAllBands) / minorityShareAllBands;
  if (!random.chance(minorityShare[placeOf(organisation)]! * ladder)) return white[random.pick(whiteWeights)]!;
  const letters = lettersOfGroup[random.pick(organisation.region === 'Y56' ? london : elsewhere)]!;
  return letters[random.below(letters.length)]!;
}

/** Disability as recorded: about 4 % yes (more in Scotland), 12 % not recorded. */
export function drawDisability(organisation: Organisation, random: Random): number {
  if (random.chance(0.12)) return 0;
  return random.chance(organisation.nation === 'scotland' ? 0.065 : 0.045) ? 1 : 2;
}

const joiningAges = cumulative([33, 30, 18, 13, 6]);
const registeredJoiningAges = cumulative([34, 42, 14, 7, 3]);
const youngest = [18, 25, 35, 45, 55];
const oldest = [24, 34, 44, 54, 62];

/** Age in months on joining. */
export function drawJoiningAge(registered: boolean, random: Random): number {
  const band = random.pick(registered ? registeredJoiningAges : joiningAges);
  const lowest = registered && band === 0 ? 21 : youngest[band]!;
  return random.between(lowest * 12, oldest[band]! * 12 + 11);
}
