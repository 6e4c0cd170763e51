import { type Fix, report } from '@groundplan/diagnostics';
import { fix, replaceAt, setSourced } from '../../edits.js';
import type { App } from '../../model.js';
import { formatDuration } from '../../values/duration.js';
import type { Check, CheckContext } from '../context.js';
import { isWritten, pathOf } from '../places.js';

/** Seconds; the provider deletes a server about 31 s after its shutdown begins, and the program must stop in what is left. */
const longest = 25;

/** A drain is longer than a server has to live, or ends before the balancers have noticed it. */
export const drain: Check = (context) =>
  context.model.apps.flatMap((app) =>
    app.drain.value > longest ? tooLong(app) : app.port === undefined ? [] : tooShort(context, app),
  );

function tooLong({ drain: { value, origin } }: App) {
  return [
    report(
      'app/drain-too-long',
      origin.span,
      { drain: formatDuration(value) },
      { fixes: fix(`Change to ${longest}s`, replaceAt(origin.span, `${longest}s`)) },
    ),
  ];
}

function tooShort(context: CheckContext, app: App) {
  const { interval, fall } = app.health;
  const notices = interval.value * fall.value;
  const written = [app.drain, interval, fall].filter(isWritten);
  const isSound = [app.drain, interval, fall].every(({ value, origin }) => origin.kind !== 'invalid' && value > 0);
  if (!isSound || fall.value > 20 || app.drain.value > notices) return [];
  // Defaults suit each other: what made them unfit is marked, the drain itself first.
  const marked = written.includes(app.drain) ? app.drain : written.at(-1);
  if (marked === undefined) return [];
  // Rounded up to 5 s, as people write durations.
  const enough = Math.min(Math.ceil((notices + 1) / 5) * 5, longest);
  return [
    report(
      'app/drain-too-short',
      marked.origin.span,
      {
        drain: formatDuration(app.drain.value),
        interval: formatDuration(interval.value),
        fall: fall.value,
        notices: formatDuration(notices),
        ...(enough > notices ? { enough: `${enough}s` } : {}),
      },
      { fixes: enough > notices ? raising(context, app, enough) : shortening(context, app) },
    ),
  ];
}

function raising({ tree }: CheckContext, app: App, seconds: number): Fix[] {
  return fix(`Set drain: ${seconds}s`, setSourced(tree, app.drain, [...pathOf(app), 'drain'], `${seconds}s`));
}

/** The longest interval whose checks fail in time, where no drain would be long enough. */
function shortening({ tree }: CheckContext, app: App): Fix[] {
  const { interval, fall } = app.health;
  const seconds = Math.ceil(app.drain.value / fall.value) - 1;
  if (seconds < 1) return [];
  return fix(
    `Set interval: ${seconds}s`,
    setSourced(tree, interval, [...pathOf(app), 'health', 'interval'], `${seconds}s`),
  );
}
