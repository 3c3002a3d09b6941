import { existsSync, readFileSync } from 'node:fs';
import { UnusableFile } from '../identity/private-file.ts';

/** Name of the file in the data folder. */
export const newsFileName = 'news.json';

/** What the publisher says beside the releases themselves: dates that were announced, and why a release changed something. */
export interface News {
  dates: readonly AnnouncedDate[];
  /** By version. */
  notes: Readonly<Record<string, string>>;
}

export interface AnnouncedDate {
  /** The moment, as 2027-01-14T09:30:00Z. */
  at: string;
  title: string;
  /** Whether the day may still change. */
  provisional: boolean;
}

const noNews: News = { dates: [], notes: {} };

/** Reads the file; there need be none. Throws UnusableFile that says what is wrong with it. */
export function readNews(path: string): News {
  if (!existsSync(path)) return noNews;
  const wrong = (what: string) => new UnusableFile(`${path}: ${what}`);
  let value: { dates?: unknown; notes?: unknown };
  try {
    value = JSON.parse(readFileSync(path, 'utf8')) as typeof value;
  } catch {
    throw wrong('it is not JSON');
  }
  const { dates = [], notes = {} } = value ?? {};
  if (!Array.isArray(dates)) throw wrong('"dates" must be a list');
  if (notes === null || typeof notes !== 'object' || Object.values(notes).some((text) => typeof text !== 'string'))
    throw wrong('"notes" must hold a text for each version');
  return {
    notes: notes as Record<string, string>,
    dates: dates.map((date: Partial<AnnouncedDate> | null, i): AnnouncedDate => {
      const { at, title, provisional = false } = date ?? {};
      if (typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at) || Number.isNaN(Date.parse(at)))
        throw wrong(`dates[${i}].at must be a moment in UTC, such as 2027-01-14T09:30:00Z`);
      if (typeof title !== 'string' || title.trim() === '') throw wrong(`dates[${i}].title must say what is published`);
      if (typeof provisional !== 'boolean') throw wrong(`dates[${i}].provisional must be true or false`);
      return { at, title, provisional };
    }),
  };
}

/** The same where a file that was damaged while serving must not take the feeds down: none. */
export function newsOrNone(path: string): News {
  try {
    return readNews(path);
  } catch (error) {
    if (error instanceof UnusableFile) return noNews;
    throw error;
  }
}
