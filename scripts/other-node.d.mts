/** The path of a Node of the supported major version that this process is not; installed into the cache when it is missing. */
export function otherNode(): Promise<string>;
/** The path of the newer supported Node, for programs that need it; installed into the cache when it is missing. */
export function node24(): Promise<string>;

/** The path of the oldest Node that runs on hosts. */
export function hostNode(): Promise<string>;
