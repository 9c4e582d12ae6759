/** The party at fault, in one word. It decides colour and advice on the screen; the HTTP status alone never does. */
export type ProblemKind = 'input' | 'state' | 'access' | 'conflict' | 'fault';

/**
 * One line of the catalogue. `sentence` is what the clerk reads: it says what is wrong and, where possible, what to do.
 * `Details` is what support and the screen may read beside it; it must be plain JSON and hold no secret.
 */
export interface ProblemDefinition<Details = never> {
  readonly status: number;
  readonly kind: ProblemKind;
  readonly sentence: (details: Details) => string;
  /** Seconds after which the same request may be sent again with good hope. */
  readonly retryAfter?: number;
}
