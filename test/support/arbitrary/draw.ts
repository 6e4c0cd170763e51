import fc, { type GeneratorValue } from 'fast-check';

export type Data = { [key: string]: Value };
export type Value = string | number | boolean | Value[] | Data;

/** Draws values one after the other, where each may depend on those before. */
export class Draw {
  constructor(private readonly gen: GeneratorValue) {}

  /** A whole number from `low` to `high`, both included. */
  number(low: number, high: number): number {
    return this.gen(fc.integer, { min: low, max: high });
  }

  yes(): boolean {
    return this.gen(fc.boolean);
  }

  one<T>(choices: readonly T[]): T {
    const choice = choices[this.number(0, choices.length - 1)];
    if (choice === undefined) throw new Error('nothing to choose from');
    return choice;
  }

  /** Up to `most` different ones, at least `least`. */
  some<T>(choices: readonly T[], least: number, most: number): T[] {
    const left = [...choices];
    const count = this.number(Math.min(least, left.length), Math.min(most, left.length));
    return Array.from({ length: count }, () => left.splice(this.number(0, left.length - 1), 1)[0] as T);
  }

  /** The map with some of the optional keys. */
  with(needed: Data, optional: Readonly<Record<string, () => Value | undefined>>): Data {
    const map = { ...needed };
    for (const [key, make] of Object.entries(optional)) {
      const value = this.yes() ? make() : undefined;
      if (value !== undefined) map[key] = value;
    }
    return map;
  }
}
