import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import { GraphQLScalarType } from 'graphql';
import type { Context } from '../query/context.ts';
import { limits } from '../query/limits.ts';

interface Types {
  Context: Context;
  Scalars: {
    ID: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    DateTime: { Input: string; Output: string };
  };
  DefaultFieldNullability: false;
}

/** The Pothos builder that every noun of the schema is added to. */
export const builder = new SchemaBuilder<Types>({
  plugins: [ComplexityPlugin],
  defaultFieldNullability: false,
  complexity: {
    defaultComplexity: 1,
    defaultListMultiplier: 1,
    limit: { depth: limits.depth, breadth: limits.breadth },
    complexityError: (kind, result) => {
      const [asked, limit] = kind === 'Depth' ? [result.depth, result.maxDepth] : [result.breadth, result.maxBreadth];
      return `This question is too large: its ${String(kind).toLowerCase()} is ${asked} and the limit is ${limit}. Ask for less, or in several requests.`;
    },
  },
});

builder.addScalarType('Date', text('Date', 'A day, as YYYY-MM-DD.'));
builder.addScalarType('DateTime', text('DateTime', 'A moment in UTC, as YYYY-MM-DDThh:mm:ssZ.'));

function text(name: string, description: string): GraphQLScalarType<string, string> {
  return new GraphQLScalarType({ name, description, serialize: String, parseValue: String });
}

builder.queryType({ description: 'Questions about the AHP support workforce. Nothing here can change anything.' });
