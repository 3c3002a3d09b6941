import { refusalCodes, type Alternative, type Problem, type Refusal } from '../query/refusal.ts';
import { builder } from './builder.ts';
import { textEnum } from './enums.ts';

const RefusalCodeEnum = textEnum('RefusalCode', 'Why a question is not answered.', refusalCodes);

const ProblemRef = builder.objectRef<Problem>('Problem').implement({
  description: 'One reason why a question is not answered.',
  fields: (t) => ({
    code: t.field({ type: RefusalCodeEnum, resolve: (problem) => problem.code }),
    message: t.exposeString('message'),
    path: t.exposeStringList('path', { description: 'Where in the question, from the root field down.' }),
  }),
});

const AlternativeRef = builder.objectRef<Alternative>('Alternative').implement({
  description: 'A question near the one asked that does have an answer.',
  fields: (t) => ({
    description: t.exposeString('description'),
    query: t.exposeString('query', { description: 'A whole document, to run as it is.' }),
    changes: t.exposeStringList('changes', { description: 'Each change to the question, in words.' }),
    figures: t.exposeInt('figures', {
      nullable: true,
      description: 'How many figures its answer has. Null where it was not tried.',
    }),
    shown: t.exposeInt('shown', {
      nullable: true,
      description: 'How many of them are shown; the others are withheld or not available. Null where it was not tried.',
    }),
    sample: t.exposeString('sample', {
      nullable: true,
      description: 'One of its figures, in words. Null where none is shown or it was not tried.',
    }),
  }),
});

export const QueryRefused = builder.objectRef<Refusal>('QueryRefused').implement({
  description:
    'Not an error: the question has no answer that is safe or possible. All problems at once, with the nearest questions that do have one. The first problem gives code, message and path.',
  fields: (t) => ({
    code: t.field({ type: RefusalCodeEnum, resolve: ({ problems }) => problems[0]!.code }),
    message: t.string({ resolve: ({ problems }) => problems[0]!.message }),
    path: t.stringList({ resolve: ({ problems }) => problems[0]!.path }),
    problems: t.field({ type: [ProblemRef], resolve: ({ problems }) => problems }),
    alternatives: t.field({ type: [AlternativeRef], resolve: ({ alternatives }) => alternatives }),
  }),
});
