export function metricsModule(): Promise<string>;
