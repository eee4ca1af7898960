import { functionIdOf } from './functions.ts';
import type { GatewayError } from './gateway-responses.ts';
import { FunctionError, type Invoker } from './invoker.ts';
import { isAllowed, type Statement } from './policy.ts';
import { ofType, type Template } from './template.ts';

/** What the authorizer said of a caller, as functions get it in `requestContext.authorizer`. */
export interface Identity {
  principalId: string;
  [context: string]: unknown;
}

interface Verdict {
  principalId: string;
  context: Record<string, string>;
  statements: Statement[];
}

/** An answer that is not of the form API Gateway wants (developer guide, "Lambda authorizer output"). */
const toVerdict = (answer: unknown): Verdict | undefined => {
  const { principalId, policyDocument, context = {} } = (answer ?? {}) as Record<string, unknown>;
  const statements = (policyDocument as { Statement?: Statement[] } | undefined)?.Statement;
  if (typeof principalId !== 'string' || !Array.isArray(statements)) return undefined;
  const values = Object.entries(context as object);
  if (!values.every(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))) {
    return undefined;
  }
  return {
    principalId,
    statements,
    context: Object.fromEntries(values.map(([name, value]) => [name, String(value)])),
  };
};

const unauthorized: GatewayError = { type: 'UNAUTHORIZED', message: 'Unauthorized' };

/**
 * Makes the check of one TOKEN authorizer: validation expression, then cache, then the function, then its
 * policy against this method. Verdicts are cached by token, allowing and denying ones; failures are not.
 */
export const createAuthorizer = (
  properties: Record<string, string>,
  invoker: Invoker,
  now: () => number = Date.now,
) => {
  const validation = new RegExp(`^(?:${properties.IdentityValidationExpression ?? '.*'})$`);
  const ttlMs = Number(properties.AuthorizerResultTtlInSeconds ?? 300) * 1000;
  const cache = new Map<string, { until: number; verdict: Verdict }>();

  const ask = async (token: string, methodArn: string): Promise<Verdict | GatewayError> => {
    const cached = cache.get(token);
    if (cached && cached.until > now()) return cached.verdict;
    try {
      const answer = await invoker.invoke(functionIdOf(properties.AuthorizerUri ?? ''), {
        type: 'TOKEN',
        authorizationToken: token,
        methodArn,
      });
      const verdict = toVerdict(answer);
      if (!verdict)
        return { type: 'AUTHORIZER_CONFIGURATION_ERROR', message: 'Internal server error' };
      // Bounded, so that a scan with made-up tokens cannot fill the memory.
      if (cache.size >= 10_000) cache.clear();
      if (ttlMs > 0) cache.set(token, { until: now() + ttlMs, verdict });
      return verdict;
    } catch (error) {
      if (error instanceof FunctionError && error.message === 'Unauthorized') return unauthorized;
      return { type: 'AUTHORIZER_FAILURE', message: 'Internal server error' };
    }
  };

  return async (
    token: string | undefined,
    methodArn: string,
  ): Promise<{ identity: Identity } | { error: GatewayError }> => {
    if (!token || !validation.test(token)) return { error: unauthorized };
    const started = performance.now();
    const verdict = await ask(token, methodArn);
    if ('type' in verdict) return { error: verdict };
    if (!isAllowed(verdict.statements, 'execute-api:Invoke', methodArn)) {
      const message = 'User is not authorized to access this resource';
      return { error: { type: 'ACCESS_DENIED', message } };
    }
    const { principalId, context } = verdict;
    const integrationLatency = Math.round(performance.now() - started);
    return { identity: { ...context, principalId, integrationLatency } };
  };
};

/** The template's authorizers, by logical id. */
export const readAuthorizers = (template: Template, invoker: Invoker) =>
  new Map(
    ofType(template, 'AWS::ApiGateway::Authorizer').map(([id, { Properties }]) => [
      id,
      createAuthorizer(Properties, invoker),
    ]),
  );
