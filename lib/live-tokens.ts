import { conflict } from './errors.ts';
import type { Piece } from './table/actions.ts';
import { epochSeconds, type LiveTokens, type TokenItem, type UserItem } from './table/items.ts';
import { kindOf, type TokenKind } from './tokens.ts';

/** Most tokens of each kind that one user may have alive. */
const mostLive = 100;

const attributeOf: Record<TokenKind, 'api_keys' | 'sessions'> = {
  api_key: 'api_keys',
  session: 'sessions',
};

const isOver = (expires: number | null | undefined): boolean =>
  typeof expires === 'number' && expires * 1000 <= Date.now();

/** Ids of a user's live tokens of one kind, the oldest first. */
export const liveIds = (user: UserItem, kind: TokenKind): string[] =>
  Object.entries(user[attributeOf[kind]])
    .filter(([, expires]) => !isOver(expires))
    .map(([id]) => id)
    .sort();

/** Whether a token of the user is not revoked; its own expiry is checked besides. */
export const isListed = (user: UserItem, tokenId: string): boolean =>
  Object.hasOwn(user[attributeOf[kindOf(tokenId)]], tokenId);

/** Condition on `#USER`: a token is not revoked. */
export const listed = (tokenId: string): Piece => ({
  text: 'attribute_exists(#listedIn.#listed)',
  names: { '#listedIn': attributeOf[kindOf(tokenId)], '#listed': tokenId },
});

/** Change of `#USER`: a token is over. */
export const unlist = (tokenId: string): Piece => ({
  text: 'REMOVE #unlistIn.#unlist',
  names: { '#unlistIn': attributeOf[kindOf(tokenId)], '#unlist': tokenId },
});

/** Condition beside `unlist`, with its placeholders: of two who end a token at once, one does. */
export const stillListed: Piece = { text: 'attribute_exists(#unlistIn.#unlist)' };

/** What a `SET` of `#USER` needs for all its sessions to be over. */
export const noSessions: Piece = {
  text: 'sessions = :noSessions',
  values: { ':noSessions': {} satisfies LiveTokens },
};

/**
 * The change of `#USER` by which a new token comes alive, and the condition that keeps their number: a
 * hundred-and-first API key is a `conflict`, a hundred-and-first session ends the oldest. What has expired
 * goes by the way.
 */
export const list = (
  user: UserItem,
  token: TokenItem,
  tokenId: string,
): { change: Piece; room: Piece } => {
  const attribute = attributeOf[token.kind];
  const live = liveIds(user, token.kind);
  if (token.kind === 'api_key' && live.length >= mostLive) {
    throw conflict(`This user has ${mostLive} API keys, the most there may be: delete one first.`);
  }
  const ended = live.slice(0, Math.max(0, live.length - mostLive + 1));
  const expired = Object.keys(user[attribute]).filter((id) => !live.includes(id));
  const gone = [...ended, ...expired].map((id, place) => [`#gone${place}`, id] as const);
  const at = ([place]: readonly [string, string]) => `#tokens.${place}`;
  return {
    change: {
      text: `SET #tokens.#new = :expires${gone.length > 0 ? ` REMOVE ${gone.map(at).join(', ')}` : ''}`,
      names: { '#tokens': attribute, '#new': tokenId, ...Object.fromEntries(gone) },
      values: { ':expires': token.ttl ?? null },
    },
    room: {
      text: [
        'size(#tokens) < :room',
        // Of two that come at once and would make room by the same one, the second must find another.
        ...gone.slice(0, 1).map((first) => `attribute_exists(${at(first)})`),
      ].join(' AND '),
      values: { ':room': mostLive + gone.length },
    },
  };
};

/** When a token that lives so long from now expires, in ISO 8601. */
export const expiryIn = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** The end of a token as it is shown, and as DynamoDB's expiry wants it. */
export const expiryAt = (at: string | undefined): Pick<TokenItem, 'expires_at' | 'ttl'> =>
  at === undefined ? {} : { expires_at: at, ttl: epochSeconds(Date.parse(at)) };
