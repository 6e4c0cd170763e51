/** What the headers of an answer say about the rate limit. */
export interface RateStatus {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export type RateLimiter = (key: string, now: number) => RateStatus;

interface Bucket {
  tokens: number;
  time: number;
}

/**
 * A bucket of requests for each key (project), full at first, that refills evenly within an hour
 * (https://docs.hetzner.cloud, Rate Limiting: 3,600 requests an hour are one more every second).
 */
export function makeRateLimiter(requestsPerHour: number): RateLimiter {
  const perMillisecond = requestsPerHour / 3_600_000;
  const buckets = new Map<string, Bucket>();
  return (key, now) => {
    const bucket = buckets.get(key) ?? { tokens: requestsPerHour, time: now };
    buckets.set(key, bucket);
    const elapsed = Math.max(0, now - bucket.time);
    bucket.tokens = Math.min(requestsPerHour, bucket.tokens + elapsed * perMillisecond);
    bucket.time = now;
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens -= 1;
    const untilFull = (requestsPerHour - bucket.tokens) / perMillisecond;
    return {
      allowed,
      headers: {
        'RateLimit-Limit': String(requestsPerHour),
        'RateLimit-Remaining': String(Math.floor(bucket.tokens)),
        'RateLimit-Reset': String(Math.ceil((now + untilFull) / 1000)),
      },
    };
  };
}
