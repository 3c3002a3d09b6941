import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extracts } from '../extracts/index.ts';
import { nearest } from '@ahp/sql/nearest';
import { Refusal } from '../refusal.ts';
import { dateFormats, type Layout } from './layout.ts';

const keys = [
  'id',
  'title',
  'extract',
  'source',
  'headers',
  'codes',
  'constants',
  'ignored',
  'missing',
  'dates',
  'pseudonyms',
  'trims',
  'delimiter',
  'encoding',
  'openEnded',
];

/**
 * The layouts that lie beside extracts, in a folder `layouts` of JSON files: one layout or a list of them a file, with the keys of Layout.
 * Throws Refusal `layout`, naming file, key and what was most likely meant.
 */
export function layoutsBeside(paths: readonly string[]): Layout[] {
  const folders = new Set(
    paths
      .filter((path) => existsSync(path))
      .map((path) => join(statSync(path).isDirectory() ? path : dirname(path), 'layouts')),
  );
  return [...folders]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .flatMap((name) => layoutsIn(join(folder, name), name)),
    );
}

function layoutsIn(path: string, name: string): Layout[] {
  const refuse = (what: string): never => {
    throw new Refusal('layout', `layouts/${name}: ${what}`);
  };
  const parsed = parseJson(readFileSync(path, 'utf8'), refuse);
  return [parsed].flat().map((layout) => {
    if (typeof layout !== 'object' || layout === null) return refuse('a layout is an object of the keys of a Layout.');
    checked(layout as Layout, refuse);
    return layout as Layout;
  });
}

function parseJson(text: string, refuse: (what: string) => never): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse(`this is not JSON: ${(error as Error).message}`);
  }
}

function checked(layout: Layout, refuse: (what: string) => never): void {
  known(Object.keys(layout), keys, 'key', refuse);
  for (const key of ['id', 'title', 'extract'] as const)
    if (typeof layout[key] !== 'string') refuse(`“${key}” is missing: it is a text.`);
  if (layout.id === 'contract') refuse('the id “contract” is that of the contract itself: choose another.');
  known(
    [layout.extract],
    extracts.map(({ name }) => name),
    'extract',
    refuse,
  );
  const { columns } = extracts.find(({ name }) => name === layout.extract)!;
  const names = columns.map(({ name }) => name);
  for (const key of ['headers', 'codes', 'dates', 'constants'] as const)
    known(Object.keys(layout[key] ?? {}), names, `column of ${key}`, refuse);
  for (const [name, aliases] of Object.entries(layout.headers ?? {}))
    if (!isTexts(aliases)) refuse(`headers.${name} is a list of the names that the supplier uses.`);
  for (const key of ['ignored', 'missing'] as const)
    if (layout[key] !== undefined && !isTexts(layout[key])) refuse(`“${key}” is a list of texts.`);
  for (const [name, formats] of Object.entries(layout.dates ?? {}))
    known([formats].flat(), dateFormats, `form of dates.${name}`, refuse);
  for (const [name, map] of Object.entries(layout.codes ?? {})) {
    const column = columns.find((column) => column.name === name)!;
    const ours = column.kind === 'flag' ? ['Y', 'N'] : column.codes;
    if (ours)
      known(
        Object.values(map).filter((code) => code !== ''),
        ours,
        `code of ${name}`,
        refuse,
      );
    const upper = Object.keys(map).find((theirs) => theirs !== theirs.toLowerCase());
    if (upper !== undefined) refuse(`codes.${name}: write “${upper}” in lower case; values are compared without case.`);
  }
  if (layout.delimiter !== undefined) known([layout.delimiter], [',', ';', '\t', '|'], 'delimiter', refuse);
  if (layout.encoding !== undefined)
    known([layout.encoding], ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'], 'encoding', refuse);
  if (layout.pseudonyms !== undefined) {
    if (!isTexts(layout.pseudonyms)) refuse('“pseudonyms” is a list of columns.');
    known(layout.pseudonyms, names, 'column of pseudonyms', refuse);
  }
  for (const key of ['trims', 'openEnded'] as const)
    if (layout[key] !== undefined && typeof layout[key] !== 'boolean') refuse(`“${key}” is true or false.`);
}

function known(
  found: readonly unknown[],
  allowed: readonly string[],
  what: string,
  refuse: (what: string) => never,
): void {
  for (const one of found)
    if (typeof one !== 'string' || !allowed.includes(one)) {
      const meant = nearest(String(one), allowed);
      refuse(
        `there is no ${what} ${JSON.stringify(one)}${meant ? ` (is it “${meant}”?)` : `: it is one of ${allowed.join(', ')}`}.`,
      );
    }
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((text) => typeof text === 'string' && text !== '');
