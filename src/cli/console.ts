// What every command is given: where to write, and when to stop; and the exit codes.

/** The part of a Node stream that is needed; process.stderr is one. */
export interface TextOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Console {
  /** For results. */
  readonly stdout: TextOutput;
  /** For progress and remarks. */
  readonly stderr: TextOutput;
  /** Fires at Ctrl-C. */
  readonly signal: AbortSignal;
}

export const exitCode = { done: 0, failed: 1, wrongInput: 2, stopped: 130 } as const;
