import assert from 'node:assert/strict';
import type { Diagnostic } from '@groundplan/diagnostics';
import { analyse } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { randomNumbers } from '../../../../test/support/mutate.js';
import { complete } from '../../src/completion/complete.js';
import type { CompletionOptions } from '../../src/completion/context.js';
import type { CompletionItem } from '../../src/results.js';
import { snapshotOf } from '../support/snapshot-of.js';
import { samples } from '../support/texts.js';
import { accept, type Choose, listFiles } from './support.js';

/** Numbers from a seed, so that a failure can be seen again. */
type Random = (below: number) => number;

function randomFrom(seed: number): Random {
  const numbers = randomNumbers(seed);
  return (below) => Math.floor((numbers.next().value / 2 ** 32) * below);
}

interface Typing {
  readonly text: string;
  readonly offset: number;
}

/** A place in a text where somebody could be typing: anywhere, on a new line, in brackets, or where a value was. */
function typing(source: string, random: Random): Typing {
  const anywhere = random(source.length + 1);
  switch (random(4)) {
    case 0: {
      const start = source.lastIndexOf('\n', anywhere - 1) + 1;
      const end = source.indexOf('\n', anywhere);
      const line = source.slice(start, end < 0 ? source.length : end);
      const indent = ' '.repeat((/^ */.exec(line)?.[0].length ?? 0) + 2 * random(2));
      const at = end < 0 ? source.length : end;
      return { text: `${source.slice(0, at)}\n${indent}${source.slice(at)}`, offset: at + 1 + indent.length };
    }
    case 1: {
      const places = [...source.matchAll(/[{,] /g)].map(({ index }) => index + 2);
      const at = places[random(places.length)] ?? anywhere;
      return { text: `${source.slice(0, at)}, ${source.slice(at)}`, offset: at };
    }
    case 2: {
      const values = [...source.matchAll(/: ([^\s{}[\],"'|]+)(?=[\s,}\]]|$)/g)];
      const value = values[random(values.length)];
      if (value?.[1] === undefined) return { text: source, offset: anywhere };
      const at = value.index + 2;
      return { text: source.slice(0, at) + source.slice(at + value[1].length), offset: at };
    }
    default:
      return { text: source, offset: anywhere };
  }
}

/**
 * What is wrong with the text after an item, at the place of what the item wrote. The rule:
 *
 * - An item that `continues` is half of what is written, so it is judged with something proposed behind it; that there is something is
 *   part of the rule. Names of folders and of secrets are exceptions: what follows them is not known here.
 * - Errors count that lie in the text that was written, or hold it where they did not before, and that were not in the text as it was
 *   with the same code and message. Warnings do not.
 * - The value behind a key that is replaced is not what was written.
 */
function mistakes(
  { text, offset }: Typing,
  item: CompletionItem,
  options: CompletionOptions,
  random: Random,
): string[] {
  const before = analyse(text).diagnostics.filter(isError);
  const choose: Choose = (choices) => choices[random(choices.length)] ?? '';
  let { text: now, start, end, cursor } = accept(text, item, choose);
  let last = item;
  for (let step = 0; last.continues === true && step < 5; step++) {
    if (last.kind === 'file' || last.label === 'secret.') return [];
    const next = complete(snapshotOf(now), cursor, options);
    const chosen = next[random(next.length)];
    if (chosen === undefined) return [`nothing follows ${JSON.stringify(last.label)} in\n${shown(now, cursor)}`];
    const accepted = accept(now, chosen, choose);
    start = Math.min(start, accepted.start);
    end = Math.max(end + accepted.text.length - now.length, accepted.end);
    now = accepted.text;
    cursor = accepted.cursor;
    last = chosen;
  }
  return analyse(now)
    .diagnostics.filter(isError)
    .filter(
      ({ span }) =>
        span.start < end && start < Math.max(span.end, span.start + 1) && span.end <= Math.max(end, span.start + 1),
    )
    .filter(({ code, message }) => !before.some((each) => each.code === code && each.message === message))
    .map(({ code, message }) => `${item.label} at ${offset}: ${code} ${message}\n${shown(now, start)}`);
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function shown(text: string, offset: number): string {
  return `${text.slice(Math.max(0, offset - 150), offset)}▮${text.slice(offset, offset + 200)}`;
}

/** The first mistake that items make somewhere in a text. */
function firstMistake(source: string, seed: number, places: number): string | undefined {
  const random = randomFrom(seed);
  for (let place = 0; place < places; place++) {
    const here = typing(source, random);
    const options = { snippets: random(2) === 0, asksAgain: random(2) === 0, listFiles };
    const items = complete(snapshotOf(here.text), here.offset, options);
    for (let tried = 0; tried < Math.min(items.length, 6); tried++) {
      const item = items[random(items.length)];
      const found = item === undefined ? [] : mistakes(here, item, options, random);
      if (found.length > 0) return `${found[0]}`;
    }
  }
  return undefined;
}

describe('what is proposed', function () {
  this.timeout(300_000);

  for (const { name, text } of samples) {
    it(`is accepted by the checks anywhere in the sample ${name}`, () => {
      assert.equal(firstMistake(text, 1, 40), undefined);
    });
  }

  it('is accepted by the checks anywhere in any topology', () => {
    fc.assert(
      fc.property(arbitraryTopology(), fc.nat(), (text, seed) => {
        assert.equal(firstMistake(text, seed, 4), undefined);
      }),
      { numRuns: 40, seed: 20261124 },
    );
  });
});
