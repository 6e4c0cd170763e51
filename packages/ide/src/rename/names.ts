import { topologySchema } from '@groundplan/model/language';
import { kindWords, type ThingKind } from '../navigation/thing.js';

interface Form {
  readonly pattern: string;
  /** "expected …" */
  readonly expected: string;
}

const secretForm: Form = {
  pattern: '^[A-Z][A-Z0-9_]*$',
  expected: 'expected capital letters, digits and underscores that begin with a letter, such as TLS_KEY',
};

const anchorForm: Form = {
  pattern: '^[^\\s,[\\]{}&*]+$',
  expected: 'expected a word without brackets, commas and spaces',
};

const hostForm: Form = {
  pattern: '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$',
  expected: 'expected a host in lower case such as shop.example.com',
};

/** Why something cannot be called `name`; undefined when it can, as far as the name itself goes. */
export function illegal(kind: ThingKind, name: string): string | undefined {
  const { pattern, expected } = formOf(kind);
  return new RegExp(pattern, 'u').test(name) ? undefined : `"${name}" is no name of ${article(kind)}: ${expected}.`;
}

function article(kind: ThingKind): string {
  const words = kindWords[kind];
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** As the schema has it, where it is the schema's. */
function formOf(kind: ThingKind): Form {
  switch (kind) {
    case 'secret':
      return secretForm;
    case 'anchor':
      return anchorForm;
    case 'host':
      return hostForm;
    case 'region':
      return formIn('region_name');
    default:
      return formIn('entity_name');
  }
}

function formIn(definition: 'region_name' | 'entity_name'): Form {
  const { pattern = '', patternErrorMessage = '' } = topologySchema.definitions?.[definition] ?? {};
  return { pattern, expected: patternErrorMessage };
}
