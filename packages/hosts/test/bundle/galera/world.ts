import type { View } from './decide.js';

/**
 * A small Galera cluster as an abstract machine: what Galera does by itself as its documentation says, what disks keep, and who can be
 * heard. Whatever the members decide is asked of the real program.
 */
export interface World {
  readonly members: readonly Member[];
  /** The voter beside them, which has no data; undefined without one. */
  readonly voter: Voter | undefined;
  /** The newest change that was acknowledged, and the identity of the cluster that it is in. */
  readonly acknowledged: number;
  readonly history: number;
  /** How many times something has gone wrong. */
  readonly faults: number;
  /** Whether a disk was replaced by an empty one, so that changes may be gone. */
  readonly wiped: boolean;
}

interface Node {
  /** Who was in the cluster with it when that last changed, as bits; 0 for nobody knows. It can come back with these alone. */
  readonly saved: number;
  /** The primary component that it is in, as bits of the nodes in it; 0 while it is in none. */
  readonly component: number;
}

export interface Member extends Node {
  readonly phase: 'down' | View['phase'];
  /** The newest change on its disk; -1 on an empty one. */
  readonly seqno: number;
  readonly history: number;
  readonly last: boolean;
  /** Who has agreed that it makes the cluster, while it asks. */
  readonly granted: number;
}

export interface Voter extends Node {
  readonly running: boolean;
}

export const keyOf = (index: number): string => `member_${index + 1}`;

export function viewOf({ members }: World, index: number): View {
  const { phase, seqno, history, saved, last } = members[index] as Member;
  if (phase === 'down') throw new Error('who is down says nothing');
  const isEmpty = seqno < 0;
  return {
    key: keyOf(index),
    phase,
    data: isEmpty ? 'none' : 'whole',
    history: isEmpty ? null : String(history),
    seqno,
    saved_view: saved !== 0,
    last: phase === 'waiting' && last && !isEmpty,
  };
}

export function startOf(members: number, hasVoter: boolean): World {
  const member: Member = { phase: 'down', seqno: -1, history: 0, last: false, granted: 0, saved: 0, component: 0 };
  return {
    members: Array.from({ length: members }, () => member),
    voter: hasVoter ? { running: false, saved: 0, component: 0 } : undefined,
    acknowledged: -1,
    history: 0,
    faults: 0,
    wiped: false,
  };
}

export function changed(world: World, index: number, change: Partial<Member>): World {
  return { ...world, members: world.members.map((each, at) => (at === index ? { ...each, ...change } : each)) };
}

/** The bit of the voter stands behind those of the members. */
export const voterBit = ({ members }: World): number => 1 << members.length;

const bitsIn = (set: number): number => set.toString(2).replaceAll('0', '').length;

/** The primary components that hold data, each once. */
export function components({ members }: World): number[] {
  return [...new Set(members.map(({ component }) => component).filter((component) => component !== 0))];
}

/** A member writes, and it is acknowledged: all in the component have it. */
export function write(world: World, component: number): World {
  const seqno = world.acknowledged + 1;
  const members = world.members.map((each) => (each.component === component ? { ...each, seqno } : each));
  return { ...world, members, acknowledged: seqno };
}

/** Makes a primary component of these nodes; all get what those in `from` have that is newest. */
export function form(world: World, set: number, history: number, from = set): World {
  const seqno = Math.max(0, ...world.members.filter((_, index) => from & (1 << index)).map((each) => each.seqno));
  const members = world.members.map(
    (each, index): Member =>
      set & (1 << index)
        ? { ...each, phase: 'primary', component: set, saved: set, seqno, history, last: false, granted: 0 }
        : each,
  );
  const { voter } = world;
  const isIn = voter !== undefined && (set & voterBit(world)) !== 0;
  return { ...world, members, voter: isIn ? { ...voter, running: true, component: set, saved: set } : voter };
}

/**
 * Nodes vanish, or leave in good order, which reduces the number that a majority is counted of. The rest goes on when it is one.
 */
export function without(world: World, gone: number, inOrder: boolean): World {
  const rest = world.members.reduce(
    (set, each, index) => (each.component & gone && !(gone & (1 << index)) ? set | (1 << index) : set),
    0,
  );
  const before = world.members.find((_, index) => gone & (1 << index))?.component ?? world.voter?.component ?? 0;
  const withVoter = (world.voter?.component ?? 0) & gone && !(gone & voterBit(world)) ? rest | voterBit(world) : rest;
  const goesOn = inOrder || bitsIn(withVoter) * 2 > bitsIn(before);
  const members = world.members.map((each, index): Member => {
    if (gone & (1 << index))
      return {
        ...each,
        phase: 'down',
        component: 0,
        granted: 0,
        saved: inOrder ? 0 : each.saved,
        last: inOrder && each.component !== 0 && withVoter === 0,
      };
    if (!(withVoter & (1 << index))) return each;
    return goesOn ? { ...each, component: withVoter, saved: withVoter } : { ...each, component: 0, phase: 'stranded' };
  });
  const { voter } = world;
  const next = { ...world, members };
  if (voter === undefined) return next;
  if (gone & voterBit(world))
    return { ...next, voter: { running: false, component: 0, saved: inOrder ? 0 : voter.saved } };
  if (!(withVoter & voterBit(world))) return next;
  // Alone it ends, and begins anew without a note of what was.
  if (rest === 0 && goesOn) return { ...next, voter: { running: false, component: 0, saved: 0 } };
  return { ...next, voter: goesOn ? { ...voter, component: withVoter, saved: withVoter } : { ...voter, component: 0 } };
}

/** The network breaks between these nodes of a component and the others in it: a majority goes on, what is less is cut off. */
export function split(world: World, side: number): World {
  const all = world.members.find(({ component }) => component & side)?.component ?? 0;
  const majority = [side, all & ~side].find((part) => bitsIn(part) * 2 > bitsIn(all)) ?? 0;
  const members = world.members.map((each, index): Member => {
    if (each.component !== all) return each;
    return majority & (1 << index)
      ? { ...each, component: majority, saved: majority }
      : { ...each, component: 0, phase: 'stranded' };
  });
  const { voter } = world;
  if (voter === undefined || voter.component !== all) return { ...world, members };
  const isIn = (majority & voterBit(world)) !== 0;
  const next = isIn ? { ...voter, component: majority, saved: majority } : { ...voter, component: 0 };
  return {
    ...world,
    members,
    voter: majority === voterBit(world) ? { ...next, component: 0, saved: 0, running: false } : next,
  };
}

/** What starts the voter: a member in the cluster, or one that looks for it with those that the voter knows. */
export function voterStarts(world: World): World[] {
  const { members, voter } = world;
  if (voter === undefined || voter.running) return [];
  const looks = members.some(({ phase }) => phase === 'seeking' || phase === 'stranded');
  const isNeeded = members.some(({ phase }) => phase === 'primary') || (bitsIn(voter.saved) > 1 && looks);
  return isNeeded ? [{ ...world, voter: { ...voter, running: true } }] : [];
}

/** Galera's own recovery: nodes that run and are in no component, and hold the same note, once enough of those in it are here. */
export function healed(world: World): World[] {
  const running = (index: number) => {
    const each = world.members[index] as Member;
    return each.component === 0 && (each.phase === 'seeking' || each.phase === 'stranded');
  };
  const notes = new Set(world.members.map(({ saved }) => saved).filter((saved) => saved !== 0));
  return [...notes].flatMap((note) => {
    const here = world.members.reduce(
      (set, each, index) => (running(index) && each.saved === note ? set | (1 << index) : set),
      0,
    );
    const { voter } = world;
    const isHere = voter?.running === true && voter.component === 0 && voter.saved === note;
    const all = isHere ? here | voterBit(world) : here;
    const isLive = world.members.some((each, index) => all & (1 << index) && each.phase === 'stranded');
    const enough = all === note || (isLive && bitsIn(all) * 2 > bitsIn(note));
    return here !== 0 && enough ? [form(world, all, historyIn(world, here))] : [];
  });
}

/** A node that looks for the cluster finds a component, and gets what it lacks. */
export function joined(world: World): World[] {
  const [component, ...others] = components(world);
  if (component === undefined || others.length > 0) return [];
  const history = historyIn(world, component);
  const found = world.members.flatMap((each, index) =>
    each.component === 0 && (each.phase === 'seeking' || each.phase === 'stranded')
      ? [form(world, component | (1 << index), history, component)]
      : [],
  );
  const { voter } = world;
  const canVote = voter?.running === true && voter.component === 0;
  return canVote ? [...found, form(world, component | voterBit(world), history, component)] : found;
}

function historyIn(world: World, set: number): number {
  return world.members.find((each, index) => set & (1 << index) && each.seqno >= 0)?.history ?? world.history;
}
