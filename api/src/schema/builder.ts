import SchemaBuilder from '@pothos/core';
import { GraphQLScalarType } from 'graphql';
import type { Context } from '../query/context.ts';

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
  defaultFieldNullability: false,
});

builder.addScalarType('Date', text('Date', 'A day, as YYYY-MM-DD.'));
builder.addScalarType('DateTime', text('DateTime', 'A moment in UTC, as YYYY-MM-DDThh:mm:ssZ.'));

function text(name: string, description: string): GraphQLScalarType<string, string> {
  return new GraphQLScalarType({ name, description, serialize: String, parseValue: String });
}

builder.queryType({ description: 'Questions about the AHP support workforce. Nothing here can change anything.' });
