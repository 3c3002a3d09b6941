import { InvalidArgumentError } from 'commander';

/** The moment of an embargo, read likewise: it lies ahead. */
export function momentAhead(text: string): string {
  const read = moment(text);
  if (Date.parse(read) <= Date.now())
    throw new InvalidArgumentError(
      'this moment has passed. Give one that is to come, or leave --embargo out to publish at once.',
    );
  return read;
}

/** Reads a moment given on the command line, with its time zone; returns it in UTC: "2026-12-10T09:30Z" → "2026-12-10T09:30:00.000Z". */
export function moment(text: string): string {
  const value = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(value))
    throw new InvalidArgumentError(
      'a time with its zone is wanted, such as 2026-12-10T09:30Z or 2027-06-10T09:30+01:00.',
    );
  return new Date(value).toISOString();
}
