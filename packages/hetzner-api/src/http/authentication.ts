import { createHash } from 'node:crypto';
import type { ApiOptions, Permission } from '../options.js';
import { ApiError } from './errors.js';

/** Who a request comes from. */
export interface Identity {
  readonly project: string;
  readonly permission: Permission;
}

/** Length of every token of Hetzner Cloud. */
const tokenLength = 64;

/**
 * The project of a token, or undefined if the token is not good. Without a table any text of 64 characters is good and
 * has a project of its own, named after a digest so that a state file does not hold the token.
 */
export function identify(tokens: ApiOptions['tokens'], token: string): Identity | undefined {
  if (token.length !== tokenLength) return undefined;
  if (tokens !== undefined) return Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  const digest = createHash('sha256').update(token).digest('hex').slice(0, 16);
  return { project: `project-${digest}`, permission: 'read-write' };
}

/** The token of an `Authorization: Bearer …` header, or the empty text. */
export function bearerToken(header: string | undefined): string {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? '';
}

/** Throws 401 `unauthorized` without a good token, 401 `token_readonly` if a token that only reads wants to write. */
export function authorize(identity: Identity | undefined, method: string): Identity {
  if (identity === undefined) throw new ApiError(401, 'unauthorized', 'unable to authenticate');
  if (identity.permission === 'read' && method !== 'GET') {
    // 401 by the table of https://docs.hetzner.cloud (Error Codes), where one would expect 403.
    throw new ApiError(401, 'token_readonly', 'the token is only allowed to perform GET requests');
  }
  return identity;
}
