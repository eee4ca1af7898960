import type { IResource } from 'aws-cdk-lib/aws-apigateway';
import { addMock } from './mock.ts';
import type { Stage } from './stages.ts';

const allowOrigin = 'Access-Control-Allow-Origin';

/** Answers' headers that a script may read, beside those that browsers always show. */
const exposed =
  'Link, Retry-After, WWW-Authenticate, X-Request-ID, x-amzn-Remapped-WWW-Authenticate';

const originsOf = ({ allowedOrigins }: Stage): readonly string[] => {
  const wrong = allowedOrigins.find(
    (origin) => !URL.canParse(origin) || new URL(origin).origin !== origin,
  );
  if (wrong === undefined) return allowedOrigins;
  throw new Error(`"${wrong}" is no origin: write it as https://app.example.com, without a path.`);
};

/**
 * Headers that let a site's scripts read what the gateway answers itself. Its header mappings know no
 * condition, so there are none with more than one origin: scripts then see such an answer as a failure
 * without a status.
 */
export const gatewayCorsHeaders = (stage: Stage): Record<string, string> => {
  const [origin, another] = originsOf(stage);
  if (origin === undefined || another !== undefined) return {};
  return { [allowOrigin]: `'${origin}'`, 'Access-Control-Expose-Headers': `'${exposed}'` };
};

/** Names the origin that asks, if it is one of these. */
const echo = (origins: readonly string[]): string =>
  [
    '#set($origin = $input.params().header.get("Origin"))',
    // HTTP/2 has header names in lower case.
    '#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end',
    `#if(${origins.map((origin) => `$origin == "${origin}"`).join(' || ')})`,
    `#set($context.responseOverride.header.${allowOrigin} = $origin)#end`,
  ].join('\n');

/** Answers browsers that ask whether a site may call a resource; nothing if no site may. */
export const addPreflight = (resource: IResource, stage: Stage): void => {
  const origins = originsOf(stage);
  const [first, ...others] = origins;
  if (first === undefined) return;
  addMock(resource, 'OPTIONS', {
    status: 204,
    headers: {
      [allowOrigin]: `'${first}'`,
      'Access-Control-Allow-Headers': "'Authorization, Content-Type, X-Request-ID'",
      'Access-Control-Allow-Methods': "'GET, POST, PUT, DELETE'",
      // The longest that browsers keep it.
      'Access-Control-Max-Age': "'86400'",
      Vary: "'Origin'",
    },
    body: others.length > 0 ? echo(others) : '',
  });
};
