/** The path of a Node of the supported major version that this process is not; installed into the cache when it is missing. */
export function otherNode(): Promise<string>;
