import { config } from '../config.ts';

/** Headers that let the scripts of a listed site read an answer (Fetch standard, "CORS protocol"). */
export const corsHeaders = (origin: string | undefined): Record<string, string> => {
  const { allowedOrigins } = config;
  if (allowedOrigins.length === 0) return {};
  if (origin === undefined || !allowedOrigins.includes(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers':
      'Link, Retry-After, WWW-Authenticate, X-Request-ID, x-amzn-Remapped-WWW-Authenticate',
  };
};
