import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { costOf, type Context } from '../query/context.ts';
import { limits } from '../query/limits.ts';
import type { Problem } from '../query/refusal.ts';
import { schema } from '../schema/index.ts';

interface Options {
  introspection?: boolean;
  /** Told of every error that is a fault of ours; the caller never sees it. */
  onFault?: (error: unknown) => void;
  plugins?: ApolloServerPlugin<Context>[];
}

/** The GraphQL engine, started: one schema and one set of rules, whether it is asked over HTTP, for a file or from the command line. */
export async function startEngine({ introspection = true, onFault = () => {}, plugins = [] }: Options = {}): Promise<
  ApolloServer<Context>
> {
  const engine = new ApolloServer<Context>({
    schema,
    introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: limits.tokens },
    stopOnTerminationSignals: false,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    formatError: (formatted, error) => formatError(formatted, error, onFault),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      okForPlainJson,
      endOfRequest,
      ...plugins,
    ],
  });
  await engine.start();
  return engine;
}

/**
 * Says what is wrong with a request, and nothing about us: errors of ours become one sentence, and the value of a variable is
 * never given back.
 */
function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  onFault: (error: unknown) => void,
): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const code = formatted.extensions?.code;
  if (code === 'INTERNAL_SERVER_ERROR' && !(original instanceof GraphQLError)) {
    onFault(original);
    return {
      message: 'Something went wrong on our side. The question may be asked again.',
      path: formatted.path,
      extensions: { code },
    };
  }
  if (isTooLarge(formatted)) return { ...formatted, extensions: { code: 'TOO_LARGE' } };
  const message = code === 'BAD_USER_INPUT' ? withoutValue(formatted.message) : formatted.message;
  return { ...formatted, message, extensions: { code, ...refusalIn(formatted) } };
}

/** What the refusal of a list says besides its code, with paths from the root field down. */
function refusalIn({ extensions, path }: GraphQLFormattedError): object {
  if (!Array.isArray(extensions?.problems)) return {};
  const problems = (extensions.problems as Problem[]).map((problem) => ({
    ...problem,
    path: [...(path ?? []), ...problem.path],
  }));
  return { problems, alternatives: extensions.alternatives };
}

const isTooLarge = ({ message }: GraphQLFormattedError) => /Document contains more tha[nt] \d+ tokens/.test(message);

/** What is wrong with a variable, without the value that was sent: `Variable "$a" is not valid at "a[0]": it must be of the enum Band.` */
function withoutValue(message: string): string {
  const [, variable] = /^Variable "(\$\w+)"/.exec(message) ?? [];
  if (!variable) return 'A value is not valid.';
  const [, place] = / at "([\w.[\]]+)"; /.exec(message) ?? [];
  const [, list] = /does not exist in "(\w+)" enum/.exec(message) ?? [];
  const [, type] = /(?:Expected type|of required type|of non-null type) "([\w![\]]+)"/.exec(message) ?? [];
  const must = list
    ? `it must be of the enum ${list}`
    : type
      ? `it must be of the type ${type}`
      : 'see its type in the schema';
  return `Variable "${variable}" is not valid${place ? ` at "${place}"` : ''}: ${must}.`;
}

/**
 * The GraphQL-over-HTTP specification asks for status 200 on a well-formed request that fails validation, unless the client accepts
 * application/graphql-response+json. Ten lines that Apollo leaves to its users; limits keep their 400.
 */
const okForPlainJson: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response, errors }) {
        const http = response.http;
        const accepts = request.http?.headers.get('accept') ?? '';
        if (errors?.some(({ extensions }) => extensions.code === 'TIMEOUT')) {
          http.status = 503;
          http.headers.set('retry-after', '5');
        }
        const tooLarge = errors?.some((error) => isTooLarge(error.toJSON()));
        if (
          http.status === 400 &&
          errors &&
          !tooLarge &&
          request.query &&
          !accepts.includes('application/graphql-response+json')
        )
          http.status = 200;
      },
    };
  },
};

/** Says what a request has cost, and gives back the releases that it has used. */
const endOfRequest: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue, response }) {
        if (response.body.kind === 'single' && response.body.singleResult.data)
          response.body.singleResult.extensions = { cost: costOf(contextValue) };
        await contextValue.done();
      },
    };
  },
};
