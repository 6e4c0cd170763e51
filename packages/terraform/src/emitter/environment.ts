/** What cdktn and its constructs read from the environment, and the only value that each may have while they work. */
const settings: Readonly<Record<string, string | undefined>> = {
  CDKTF_CONTEXT_JSON: undefined,
  CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: undefined,
  CDKTF_OUTDIR: undefined,
  CDKTF_TARGET_STACK_ID: undefined,
  SYNTH_HCL_OUTPUT: undefined,
  /** Without it every construct keeps a stack trace: seven times slower, same output. */
  CDKTN_DISABLE_CREATION_STACK: '1',
};

/** Runs `work` with cdktn's settings in the environment and puts back what was there. */
export function withSettings<T>(work: () => T): T {
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  assign(Object.entries(settings));
  try {
    return work();
  } finally {
    assign(before);
  }
}

function assign(values: readonly (readonly [string, string | undefined])[]): void {
  for (const [name, value] of values) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
