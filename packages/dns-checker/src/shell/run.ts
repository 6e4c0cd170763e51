import { DnsFailure } from '../dns/api.js';
import { dnsApi } from '../dns/index.js';
import type { Effect, Instant, Level, News, Problem } from '../machine/events.js';
import { step } from '../machine/machine.js';
import { reportOf } from '../machine/report.js';
import { patienceOf, rulesOf } from '../machine/rules.js';
import { initialState } from '../machine/state.js';
import type { View } from '../machine/view.js';
import { reasonOf } from '../reason.js';
import type { Settings, VoterSettings } from '../settings.js';
import { listen, tell } from './channel.js';
import { probe } from './probe.js';
import { sealOf } from './seal.js';
import { serveStatus } from './status.js';

/** Secrets of this host; an observer has no token. */
export interface Credentials {
  readonly key: string;
  readonly token: string | undefined;
}

/** How systemd tells levels from the beginning of a line (sd-daemon(3)). */
const priorities: Readonly<Record<Level, string>> = { error: '<3>', warning: '<4>', info: '<6>' };

/** Runs the machine: its clock, its network and its dice. Settles when it listens, and then goes on until the process ends. */
export async function run(settings: Settings, { key, token }: Credentials, statusPath: string): Promise<void> {
  const rules = rulesOf(settings);
  const own = rules.voters.find(({ name }) => name === rules.self);
  if (own === undefined) throw new Error(`${rules.self} is none of the voters`);
  if (own.publishes !== (token !== undefined)) {
    throw new Error(
      `${rules.self} ${own.publishes ? 'is to write records, and has no token' : 'has a token, and is to observe'}`,
    );
  }
  const patience = patienceOf(rules.interval);
  const seal = sealOf(key);
  const others = settings.voters.filter(({ name }) => name !== settings.self);
  const dns = token === undefined ? undefined : dnsApi(settings, token, rules.sets);
  let state = initialState(rules);
  const problems = new Map<string, string>();
  let latest: View | undefined;

  const learn = (news: News): void => {
    const next = step(rules, state, { ...news, now: instant() });
    state = next.state;
    for (const effect of next.effects) act(effect);
  };
  const heard = (view: View) => learn({ kind: 'heard', view });

  const act = (effect: Effect): void => {
    switch (effect.kind) {
      case 'log':
        say(effect.level, effect.text);
        return;
      case 'share':
        latest = effect.view;
        for (const other of others) share(other, effect.view);
        return;
      case 'read':
        answered(async () => {
          if (dns !== undefined) learn({ kind: 'read', published: await dns.read(), random: Math.random() });
        });
        return;
      case 'write':
        answered(async () => {
          await dns?.write(effect.changes);
          learn({ kind: 'wrote', random: Math.random() });
        });
        return;
    }
  };

  /** Another host that is not there is no news: its view gets old, and that is told. Why is for whoever looks. */
  const share = ({ name, address }: VoterSettings, view: View): void => {
    tell(seal, { address, port: settings.listen.port }, view, patience).then(
      (answer) => {
        problems.delete(name);
        if (answer !== undefined) heard(answer);
      },
      (error: unknown) => problems.set(name, reasonOf(error)),
    );
  };

  const answered = (work: () => Promise<void>): void => {
    work().catch((error: unknown) => {
      learn({ kind: 'failed', problem: problemOf(error), random: Math.random() });
    });
  };

  const probeAll = (): void => {
    for (const target of rules.targets) {
      probe(target, patience).then((result) => learn({ kind: 'probed', target: target.id, result }));
    }
  };

  await listen(seal, settings.listen, () => latest, heard);
  await serveStatus(statusPath, () => reportOf(rules, state, instant().monotonic, problems));
  const role = dns === undefined ? 'observes, without a token for DNS' : `keeps ${rules.sets.length} sets of records`;
  say('info', `${settings.self} ${role}; a majority of ${rules.voters.length} checkers decides`);
  setInterval(probeAll, rules.interval);
  setInterval(() => learn({ kind: 'tick' }), Math.min(500, rules.interval / 4));
  probeAll();
}

function instant(): Instant {
  return { monotonic: performance.now(), wall: Date.now() };
}

function problemOf(error: unknown): Problem {
  if (error instanceof DnsFailure) return error.problem;
  return { kind: 'unavailable', text: reasonOf(error), retryAfter: undefined };
}

function say(level: Level, text: string): void {
  process.stdout.write(`${priorities[level]}${text.replaceAll('\n', ' ')}\n`);
}
