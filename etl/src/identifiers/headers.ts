import { headerKey } from '../reading/match.ts';
import type { IdentifierKind } from './patterns.ts';

const names: [IdentifierKind, RegExp][] = [
  ['NHS number', /(^|_)nhs_?(no|num|number)(_|$)|^nhs$/],
  ['CHI number', /(^|_)chi(_?(no|num|number))?(_|$)/],
  ['National Insurance number', /national_insurance|(^|_)(nino|ni_?(no|num|number))(_|$)/],
  ['e-mail address', /(^|_)e_?mail/],
  ['telephone number', /(^|_)(tele)?phone|(^|_)(mobile|tel|fax)(_|$)/],
  ['postcode', /(^|_)(post_?code|zip|address|addr)/],
  ['date of birth', /(^|_)(dob|birth_?date)(_|$)|date_of_birth/],
  ['HCPC number', /(^|_)(hcpc|gmc|nmc|registration_(no|num|number)|professional_registration|pin)(_|$)/],
  [
    'staff record number',
    /(employee|staff|payroll|assignment|asg|esr|person)_(no|num|number)(_|$)|unique_nhs_identifier|esr_(unique_)?id/,
  ],
  ['driving licence', /driv\w*_licen[cs]e/],
  ['passport', /passport/],
  ['vehicle registration', /vehicle|(^|_)car_reg/],
  [
    'name',
    /(^|_)(fore|sur|first|last|family|given|full|middle|known_as|preferred|employee|person|staff)_?names?(_|$)|^name$|initials/,
  ],
];

/** The direct identifier that a column's name announces, if any. `headerIdentifier('Date Of Birth')` is `'date of birth'`. */
export function headerIdentifier(name: string): IdentifierKind | undefined {
  const key = headerKey(name);
  if (/pseudonym/.test(key)) return undefined;
  return names.find(([, pattern]) => pattern.test(key))?.[0];
}
