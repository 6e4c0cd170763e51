import { type Documents, kindOf } from '../documents.js';

/** Whether a request is about a configuration that is open. Nothing is taken for granted of what a client sends. */
export function isConfig(
  documents: Documents,
  params: { readonly textDocument?: { readonly uri?: unknown } } | null,
): boolean {
  const uri = params?.textDocument?.uri;
  const document = typeof uri === 'string' ? documents.get(uri) : undefined;
  return document !== undefined && kindOf(document) === 'config';
}
