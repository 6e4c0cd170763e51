import type { Host } from '@groundplan/model';
import { galeraMemberPort } from '../ports.js';
import type { Text } from '../text.js';

/** Members as the programs read them, elements of a list in JSON. */
export function memberList(members: readonly Host[]): Text {
  return members.map(({ key, address }, index) => {
    const comma = index === members.length - 1 ? '' : ',';
    return `{ "key": "${key}", "address": "${address}", "port": ${galeraMemberPort} }${comma}\n`;
  });
}
