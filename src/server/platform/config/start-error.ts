/**
 * The program cannot start, and a person at a terminal needs the reason. Each sentence is complete by itself and gives
 * the remedy; the caller prints them and exits 1. (Problems of `domain/kit` answer requests; before there is a server
 * there is no request.)
 */
export class StartError extends Error {
  readonly sentences: readonly string[];

  constructor(sentences: string | readonly string[], options?: ErrorOptions) {
    const list = typeof sentences === 'string' ? [sentences] : sentences;
    super(list.join('\n'), options);
    this.name = 'StartError';
    this.sentences = list;
  }
}

/** The log of the start-up code; Fastify's logger and the console both fit. */
export interface StartLog {
  info(message: string): void;
  warn(message: string): void;
}
