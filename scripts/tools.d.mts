/** A Terraform or OpenTofu that the tests run. */
export interface Tool {
  name: 'terraform' | 'tofu';
  /** Without a leading v, such as `1.11.4`. */
  version: string;
  /** Absolute path of the executable. */
  path: string;
}

/** Where everything that the tests run was put; every path is absolute. */
export interface Tools {
  /** Go's name of this platform, such as `linux_amd64`. */
  platform: string;
  /** OpenTofu always; Terraform as well where one of at least 1.11 is on PATH. */
  tools: Tool[];
  /** CLI configuration file for Terraform and OpenTofu that takes every provider from the mirror and from nowhere else. */
  cliConfig: string;
  /** The filesystem mirror itself. */
  mirror: string;
  /** The S3 server's executable. */
  versitygw: string;
}

/** A failure that one line explains: no Go, a Go that is too old, a build that failed. */
export class ToolsError extends Error {}

/**
 * Builds whatever is missing into the cache and returns where everything is.
 *
 * @throws {ToolsError}
 */
export function buildTools(options?: { log?: (line: string) => void }): Promise<Tools>;
