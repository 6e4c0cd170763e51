/** One resource as `show -json` has it. */
export interface ShownChange {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
  readonly replacePaths?: readonly unknown[];
  readonly reason?: string;
  readonly sensitive?: object;
}

export function shownPlan(changes: readonly ShownChange[], more: object = {}): unknown {
  return {
    format_version: '1.2',
    resource_changes: changes.map(
      ({ address, actions, before = null, after = null, replacePaths, reason, sensitive }) => {
        const [type, name] = address.split('.');
        return {
          address,
          mode: address.startsWith('data.') ? 'data' : 'managed',
          type,
          name: name?.replace(/\[.*$/, ''),
          ...(reason === undefined ? {} : { action_reason: reason }),
          change: {
            actions,
            before,
            after,
            after_unknown: {},
            before_sensitive: sensitive ?? {},
            after_sensitive: sensitive ?? {},
            ...(replacePaths === undefined ? {} : { replace_paths: replacePaths }),
          },
        };
      },
    ),
    ...more,
  };
}
