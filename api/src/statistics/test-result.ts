/** A test of significance in a form to be shown; every number is null where it cannot be worked out. */
export interface SignificanceTest {
  name: string;
  statistic: number | null;
  df: number | null;
  pValue: number | null;
  display: string;
  statement: string;
}
