import { expect, test } from 'vitest';
import { meant, unknownText } from './meant.ts';

const groups = [
  { code: 'support_to_st_and_t_staff', label: 'Support to ST&T staff' },
  { code: 'managers', label: 'Managers' },
];

test('a label, or a code with a slip, finds its category', () => {
  expect(meant('Support to ST&T staff', groups)?.code).toBe('support_to_st_and_t_staff');
  expect(meant('SUPPORT TO ST&T STAFF', groups)?.code).toBe('support_to_st_and_t_staff');
  expect(meant('manager', groups)?.code).toBe('managers');
  expect(meant('pilots', groups)).toBeUndefined();
});

test('the words of a refusal are those of the release, never what was sent', () => {
  expect(unknownText(['manager'], 'staff group', groups)).toBe(
    'One value of the filter on staff group is not in this release. Did you mean “managers” (Managers)?',
  );
  expect(unknownText(['pilots', 'cooks'], 'staff group', groups)).toBe(
    '2 values of the filter on staff group are not in this release.',
  );
});
