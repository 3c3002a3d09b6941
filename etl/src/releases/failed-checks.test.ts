import { describe, expect, it } from 'vitest';
import { refuseFailedChecks } from './failed-checks.ts';

const check = (title: string, passed: boolean, blocks: boolean) => ({
  id: 'x',
  title,
  passed,
  figure: '3 cells',
  blocks,
});

describe('failed checks', () => {
  it('stop a build when they block, each named, and say what keeps serving', () => {
    const checks = [check('Nothing is lost', false, true), check('It balances', true, true)];
    expect(() => refuseFailedChecks(checks, '1.2.0')).toThrow(/1 check failed.*release 1\.2\.0 keeps serving/);
    expect(() => refuseFailedChecks(checks, null)).toThrow(
      expect.objectContaining({ code: 'checks_failed', details: ['Nothing is lost: 3 cells'] }),
    );
  });

  it('let a build go on when they only tell', () => {
    expect(() => refuseFailedChecks([check('It is plausible', false, false)], '1.2.0')).not.toThrow();
  });
});
