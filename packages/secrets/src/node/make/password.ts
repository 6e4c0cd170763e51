import { randomInt } from 'node:crypto';

/** What stands for itself in a URL, a shell, a line of SQL and every configuration file. */
const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 190 bits. */
const length = 32;

export function makePassword(): string {
  return Array.from({ length }, () => characters.charAt(randomInt(characters.length))).join('');
}
