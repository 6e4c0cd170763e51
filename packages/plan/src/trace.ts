import type { Position } from '@groundplan/diagnostics';

/** Where something in the output comes from: a field of the topology, as `apps.web.count`, and its place in the text. */
export interface TracedPlace {
  readonly path: string;
  /** Lines and characters from 0, in UTF-16 units. */
  readonly start: Position;
  readonly end: Position;
}

/** The content of trace.json. */
export interface Trace {
  readonly format: 1;
  /** The base name of the topology's file. */
  readonly topology: string;
  /** By Terraform address: `hcloud_server.falkenstein_app_web_1`, `data.…`, `var.…`, `local.…`, `output.…`. */
  readonly addresses: Readonly<Record<string, TracedPlace>>;
  /** By path of a host's file. */
  readonly files: Readonly<Record<string, TracedPlace>>;
}
