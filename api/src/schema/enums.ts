import { dimensions, geographies, levels, nations, type Level } from '../release/dimension.ts';
import { builder } from './builder.ts';

/** `england` → `ENGLAND`: how a code is written as a GraphQL enum value. */
export const enumCase = (code: string) => code.toUpperCase();

export const Source = builder.enumType('Source', {
  description: 'Where figures come from. The two are never mixed in one number.',
  values: {
    EXTRACTS: { value: 'extracts', description: 'Person-level extracts, as protected cells.' },
    PUBLISHED: { value: 'published', description: 'Official figures, as published.' },
  } as const,
});

export const Grain = builder.enumType('Grain', {
  description: 'Length of a period.',
  values: {
    MONTH: { value: 'month', description: 'A month.' },
    QUARTER: { value: 'quarter', description: 'A quarter, ending in March, June, September or December.' },
    YEAR: { value: 'year', description: 'A year; in extracts it ends on 31 March.' },
  } as const,
});

const levelText: Record<Level, string> = {
  uk: 'The United Kingdom.',
  nation: 'England, Scotland, Wales, Northern Ireland.',
  region: 'NHS England regions; England only.',
  system: 'Integrated care boards, health boards, and trust areas.',
  organisation: 'Employers.',
};
export const LevelEnum = builder.enumType('Level', {
  description: 'Levels of geography, from coarse to fine.',
  values: Object.fromEntries(
    levels.map((level) => [enumCase(level), { value: level, description: levelText[level] }]),
  ) as Record<string, { value: Level }>,
});

export const NationEnum = codeEnum('Nation', 'The four nations.', nations);

export const DimensionEnum = builder.enumType('Dimension', {
  description: 'What an answer can be split by. The geographies NATION to ORGANISATION are not counted as dimensions.',
  values: Object.fromEntries([
    ...geographies.map((id) => [enumCase(id), { value: id as string, description: levelText[id] }]),
    ...dimensions.map(({ id, label }) => [enumCase(id), { value: id, description: `${label}.` }]),
  ]) as Record<string, { value: string }>,
});

/** Enums of the categories, by dimension id; dimensions that are not here are filtered by text. */
export const categoryEnums = new Map(
  dimensions.flatMap(({ id, enumName, label, codes }) =>
    enumName && codes ? [[id, codeEnum(enumName, `${label}.`, codes)] as const] : [],
  ),
);

function codeEnum(name: string, description: string, codes: readonly { code: string; label: string }[]) {
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(
      codes.map(({ code, label }) => [enumCase(code), { value: code, description: `${label}.` }]),
    ) as Record<string, { value: string }>,
  });
}

/** An enum whose values stand for themselves, each with its description. */
export function textEnum<Value extends string>(name: string, description: string, texts: Record<Value, string>) {
  const entries = Object.entries<string>(texts).map(([value, text]) => [value, { value, description: text }]);
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(entries) as Record<Value, { value: Value; description: string }>,
  });
}
