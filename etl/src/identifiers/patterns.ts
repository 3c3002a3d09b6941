import { isChiNumber, passesModulus11 } from './checksums.ts';

export type IdentifierKind =
  | 'NHS number'
  | 'CHI number'
  | 'National Insurance number'
  | 'e-mail address'
  | 'telephone number'
  | 'postcode'
  | 'date of birth'
  | 'HCPC number'
  | 'staff record number'
  | 'driving licence'
  | 'passport'
  | 'vehicle registration'
  | 'name';

type Finder = { kind: IdentifierKind; pattern: RegExp; holds?: (found: string) => boolean };

const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const digitsOf = (found: string) => found.replace(/[^0-9]/g, '');
const notInWord = '(?<![A-Za-z0-9])';
const notBeforeWord = '(?![A-Za-z0-9])';
const whole = (pattern: string) => new RegExp(`${notInWord}(?:${pattern})${notBeforeWord}`, 'gi');

// National Insurance prefixes that are never issued, and letters that never occur in one (HMRC manual NIM39110).
const nino = '(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]';
// Postcode shape of BS 7666: the last two letters are never C I K M O V, the first never Q V X, the second never I J Z.
const postcode =
  'GIR ?0AA|(?:[A-PR-UWYZ][0-9]{1,2}|[A-PR-UWYZ][A-HK-Y][0-9]{1,2}|[A-PR-UWYZ][0-9][A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) ?[0-9][ABD-HJLNP-UW-Z]{2}';
const licence = '[A-Z9]{5}[0-9][0-9]{5}[A-Z9]{2}[A-Z0-9]{3}';
// Register prefixes of the Health and Care Professions Council.
const hcpc = '(?:AS|BS|CH|CS|DT|HAD|OT|ODP|OR|PA|PH|PYL|PO|RA|SL)[0-9]{5,6}';
const vehicle =
  '[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[1-2][0-9]|5[0-9]|6[0-9]|7[0-9])[ -]?[A-HJ-PR-Z]{3}|[A-HJ-NPR-TV-Y][0-9]{1,3} ?[A-HJ-PR-Z]{3}|[A-HJ-PR-Z]{3} ?[0-9]{1,3}[A-HJ-NPR-TV-Y]';

export const finders: readonly Finder[] = [
  { kind: 'e-mail address', pattern: /[a-z0-9._%+-]+@(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}/gi },
  { kind: 'CHI number', pattern: whole('[0-9]{10}'), holds: isChiNumber },
  {
    kind: 'NHS number',
    pattern: whole('[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}'),
    // One digit ten times passes too, and is nobody's number.
    holds: (found) => passesModulus11(digitsOf(found)) && !isChiNumber(found) && !/^(.)\1+$/.test(digitsOf(found)),
  },
  { kind: 'National Insurance number', pattern: whole(nino) },
  { kind: 'driving licence', pattern: whole(licence), holds: (found) => /[0-9]{6}/.test(found) },
  { kind: 'HCPC number', pattern: whole(hcpc) },
  { kind: 'postcode', pattern: whole(postcode) },
  { kind: 'staff record number', pattern: whole('[0-9]{8}-[0-9]{1,2}') },
  {
    kind: 'date of birth',
    pattern: new RegExp(
      `(?<![A-Za-z0-9])(?:(?:19|20)[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9](?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?|[0-3]?[0-9][-/.][0-3]?[0-9][-/.](?:[0-9]{4}|[0-9]{2})|[0-3]?[0-9][- ]${month}(?:[- ](?:[0-9]{4}|[0-9]{2}))?|${month}[- ](?:[0-9]{4}|[0-9]{2})|[01]?[0-9]/(?:[0-9]{4}|[0-9]{2}))(?![0-9A-Za-z])`,
      'gi',
    ),
  },
  {
    kind: 'telephone number',
    pattern:
      /(?<![0-9])(?:\+[0-9]{1,3}[ ()0-9-]{7,16}[0-9]|\(?0[1-9][0-9]{1,4}\)?[ -]?[0-9]{3,4}[ -]?[0-9]{3,5}|\([0-9]{3}\)[ -]?[0-9]{3}-[0-9]{4}|(?:[0-9]{2}-)?[0-9]{3}-[0-9]{3}-[0-9]{4}|1[3-9][0-9]{9})(?![0-9])/g,
    holds: (found) => digitsOf(found).length >= 9 && digitsOf(found).length <= 15,
  },
  { kind: 'passport', pattern: whole('[A-Z]{2}[0-9]{7}') },
  { kind: 'vehicle registration', pattern: whole(vehicle) },
];

/** The identifiers found in a text, each as often as it occurs. Strict shapes and check digits, so that ordinary codes stay quiet. */
export function identifiersIn(value: string): IdentifierKind[] {
  return finders.flatMap(({ kind, pattern, holds }) =>
    [...value.matchAll(pattern)].filter(([found]) => holds?.(found) ?? true).map(() => kind),
  );
}
