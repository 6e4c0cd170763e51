import type { Answer, Decisions, Question, View } from './decide.js';
import {
  changed,
  components,
  form,
  healed,
  joined,
  type Member,
  split,
  viewOf,
  voterBit,
  voterStarts,
  type World,
  without,
  write,
} from './world.js';

export interface Bounds {
  readonly faults: number;
  readonly writes: number;
}

/** Everything that can happen next, in any order: nobody is fast or slow. */
export function stepsFrom(worlds: readonly World[], decisions: Decisions, bounds: Bounds): World[][] {
  const asked = worlds.map((world) => choices(world));
  const answers = decisions.answers(asked.flatMap((each) => each.map(({ question }) => question)));
  let next = 0;
  return worlds.map((world, index) => [
    ...byThemselves(world, bounds),
    ...faults(world, bounds),
    ...(asked[index] ?? []).flatMap(({ follow }) => {
      const answer = answers[next] as Answer;
      next += 1;
      return follow(answer);
    }),
  ]);
}

interface Choice {
  readonly question: Question;
  readonly follow: (answer: Answer) => World[];
}

/** What members decide, for each set of others that they may hear just now. */
function choices(world: World): Choice[] {
  return world.members.flatMap((member, index) => {
    switch (member.phase) {
      case 'waiting':
        return hearings(world, index).flatMap((others) =>
          [true, false].map(
            (patient): Choice => ({
              question: { ask: 'while_waiting', with: [viewOf(world, index), others, patient] },
              follow: (answer) => afterWaiting(world, index, answer),
            }),
          ),
        );
      case 'seeking':
      case 'stranded':
        return hearings(world, index).map(
          (others): Choice => ({
            question: { ask: 'while_cut_off', with: [viewOf(world, index), others] },
            follow: (answer) => (answer === 'stop' ? [changed(world, index, { phase: 'waiting', saved: 0 })] : []),
          }),
        );
      case 'electing':
        return grants(world, member, index);
      default:
        return [];
    }
  });
}

export function afterWaiting(world: World, index: number, answer: Answer): World[] {
  switch (answer) {
    case 'join':
    case 'recover':
      return [changed(world, index, { phase: 'seeking' })];
    case 'elect':
      return [changed(world, index, { phase: 'electing', granted: 1 << index })];
    case 'resume':
      return [make(world, index)];
    default:
      return [];
  }
}

/** It asks the next one, who agrees or does not, or cannot be heard; with all it makes the cluster. */
function grants(world: World, member: Member, index: number): Choice[] {
  const other = world.members.findIndex((_, at) => !(member.granted & (1 << at)));
  if (other < 0) return [];
  if (world.members[other]?.phase === 'down') return [];
  return [
    {
      question: { ask: 'may_grant', with: [viewOf(world, other), viewOf(world, index)] },
      follow: (answer) =>
        answer === true ? [granted(world, index, other)] : [changed(world, index, { phase: 'waiting', granted: 0 })],
    },
  ];
}

function granted(world: World, index: number, other: number): World {
  const told = changed(world, other, { saved: 0, last: false });
  return changed(told, index, { granted: (told.members[index] as Member).granted | (1 << other) });
}

/** The member begins a primary component alone: of its data, or as a new cluster. */
function make(world: World, index: number): World {
  const { seqno, history } = world.members[index] as Member;
  if (seqno >= 0) return form(world, 1 << index, history);
  return form(
    { ...world, history: world.history + 1, acknowledged: Math.max(world.acknowledged, 0) },
    1 << index,
    world.history + 1,
  );
}

function byThemselves(world: World, { writes }: Bounds): World[] {
  const everybody = (1 << world.members.length) - 1;
  return [
    ...components(world).flatMap((component) => (world.acknowledged < writes ? [write(world, component)] : [])),
    ...world.members.flatMap((each, index): World[] => {
      if (each.phase === 'down') return [changed(world, index, { phase: 'waiting' })];
      if (each.phase === 'seeking') return [changed(world, index, { phase: 'waiting' })];
      if (each.phase !== 'electing') return [];
      const giveUp = changed(world, index, { phase: 'waiting', granted: 0 });
      return each.granted === everybody ? [make(world, index)] : [giveUp];
    }),
    ...voterStarts(world),
    ...healed(world),
    ...joined(world),
  ];
}

function faults(world: World, bounds: Bounds): World[] {
  if (world.faults >= bounds.faults) return [];
  const everybody = (1 << world.members.length) - 1;
  const all = world.voter === undefined ? everybody : everybody | voterBit(world);
  const isUp = (index: number) => world.members[index]?.phase !== 'down';
  const single = world.members.flatMap((each, index) =>
    isUp(index)
      ? [without(world, 1 << index, false), ...(each.component === 0 ? [] : [without(world, 1 << index, true)])]
      : [],
  );
  const voter = world.voter?.running === true ? [without(world, voterBit(world), false)] : [];
  const wiped = world.members.flatMap((each, index) =>
    each.phase === 'down' && each.seqno >= 0 && !world.wiped
      ? [{ ...changed(world, index, { seqno: -1, history: 0, saved: 0, last: false }), wiped: true }]
      : [],
  );
  const splits = components(world).flatMap((component) =>
    Array.from({ length: all }, (_, set) => set).filter(
      (set) => (set & component) === set && set !== 0 && set !== component,
    ),
  );
  const found = [
    without(world, all, false),
    ...single,
    ...voter,
    ...wiped,
    ...splits.map((side) => split(world, side)),
  ];
  return found.map((each) => ({ ...each, faults: world.faults + 1 }));
}

function hearings(world: World, index: number): (View | null)[][] {
  const others = world.members.map((_, at) => at).filter((at) => at !== index);
  return Array.from({ length: 1 << others.length }, (_, heard) =>
    others.map((other, bit) =>
      heard & (1 << bit) && world.members[other]?.phase !== 'down' ? viewOf(world, other) : null,
    ),
  );
}

/** The world some time after the last fault: everybody is up, hears everybody and is patient no more. */
export function settled(world: World, decisions: Decisions): World {
  let now = world.members.reduce(
    (each, member, index) => (member.phase === 'down' ? changed(each, index, { phase: 'waiting' }) : each),
    world,
  );
  for (let round = 0; round < 20; round += 1) {
    now = voterStarts(now)[0] ?? now;
    for (let step = healed(now)[0] ?? joined(now)[0]; step !== undefined; step = healed(now)[0] ?? joined(now)[0])
      now = step;
    for (const index of now.members.keys()) now = turnOf(now, index, decisions, round > 0);
  }
  return now;
}

function turnOf(world: World, index: number, decisions: Decisions, isLate: boolean): World {
  const member = world.members[index] as Member;
  const others = world.members
    .map((_, at) => at)
    .filter((at) => at !== index)
    .map((at) => viewOf(world, at));
  switch (member.phase) {
    case 'waiting': {
      const [answer] = decisions.answers([{ ask: 'while_waiting', with: [viewOf(world, index), others, !isLate] }]);
      const [next = world] = afterWaiting(world, index, answer as Answer);
      return next;
    }
    case 'seeking':
    case 'stranded': {
      const [answer] = decisions.answers([{ ask: 'while_cut_off', with: [viewOf(world, index), others] }]);
      return answer === 'stop' && isLate ? changed(world, index, { phase: 'waiting', saved: 0 }) : world;
    }
    case 'electing': {
      let now = world;
      for (const other of world.members.keys()) {
        if ((now.members[index] as Member).granted & (1 << other)) continue;
        const [answer] = decisions.answers([{ ask: 'may_grant', with: [viewOf(now, other), viewOf(now, index)] }]);
        if (answer !== true) return changed(now, index, { phase: 'waiting', granted: 0 });
        now = granted(now, index, other);
      }
      return make(now, index);
    }
    default:
      return world;
  }
}
