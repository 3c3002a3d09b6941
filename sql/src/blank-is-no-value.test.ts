import { expect, test } from 'vitest';
import { createMacros } from './macros.ts';
import { openWorkshop, rowsOf } from './open.ts';

/** `least`, `greatest` and list sums skip what is null: each of these would have taken a count that is not known for 0. */
const unknown = {
  'a disparity ratio': 'select disparity_ratio(300, null, 900, 450) as value',
  'the error of a disparity ratio': 'select disparity_log_error(300, null, 900, 450, 0) as value',
  'the error of a disparity ratio without its noise': 'select disparity_log_error(300, 120, 900, 450, null) as value',
  'an index of dissimilarity': 'select dissimilarity([10, null, 30], [30, 20, 10]) as value',
  'an index of dissimilarity of lists of two lengths': 'select dissimilarity([10, 20], [30, 20, 10]) as value',
  'a Wilson limit': 'select wilson_upper(null, 40) as value',
  'a limit of a count': 'select count_lower(null, 6.25) as value',
  'a limit of a ratio': 'select noisy_ratio_lower(null, 30, 6.25, 6.25) as value',
  'a limit of a difference': 'select noisy_difference_upper(null, 30, 4, 30, 6.25) as value',
  'a standard error': 'select proportion_standard_error(null, 30) as value',
  'a relative likelihood': 'select relative_likelihood_upper(null, 30, 4, 30) as value',
  'the curve of those who stayed, from there on': `select max(time) filter (time >= 2) as value from life_table('moves')`,
  'the curves of those who left, from there on': `select max(time) filter (time >= 2) as value from cumulative_incidence('moves')`,
};

test.each(Object.entries(unknown))('%s is not known where a count is not', async (_, query) => {
  const connection = await (await openWorkshop(':memory:')).connect();
  await createMacros(connection);
  await connection.run(
    `create table moves as select * from (values (1, 100, 5, 'left'), (2, 90, null, 'left'), (3, 80, 4, 'left')) as moves (time, at_risk, events, cause)`,
  );
  expect(await rowsOf(connection, query)).toEqual([{ value: null }]);
});
