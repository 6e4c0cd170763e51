const secondsPer = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Seconds of a duration such as `5s`, `15m`, `26h` or `180d`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^([0-9]{1,9})([smhd])$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * secondsPer[match[2] as keyof typeof secondsPer];
}

/** The shortest way to write `seconds`: `90s`, `15m`, `1d`. */
export function formatDuration(seconds: number): string {
  for (const unit of ['d', 'h', 'm'] as const) {
    if (seconds > 0 && seconds % secondsPer[unit] === 0) return `${seconds / secondsPer[unit]}${unit}`;
  }
  return `${seconds}s`;
}
