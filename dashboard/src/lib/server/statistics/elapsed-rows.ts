import type { Row, Value } from '#lib/figure/figure.ts';

interface Point {
  elapsed: number;
}

/** Rows of months since joining, from everybody at the start to the last of the points. */
export function elapsedRows(points: readonly Point[]): Row[] {
  const ends = [...new Set(points.map(({ elapsed }) => elapsed))].sort((one, other) => one - other);
  return [
    { key: '0', labels: ['At joining'], short: '0' },
    ...ends.map((end) => ({ key: String(end), labels: [`${end} months`], short: String(end) })),
  ];
}

export const isStart = (row: Row): boolean => row.key === '0';

/** The point of a curve that is in this row. */
export const pointAt = <P extends Point>({ points }: { points: readonly P[] }, row: Row): P | undefined =>
  points.find(({ elapsed }) => String(elapsed) === row.key);

/** Shares at the start, where all are still there and none has gone. */
export const everyone: Value = { value: 1, status: 'OK', display: '100%' };
export const nobody: Value = { value: 0, status: 'OK', display: '0%' };
