import type { ServerResponse } from 'node:http';

/** A signal that says that nobody waits for this answer any more: its connection closed before it was sent. */
export function goneOf(answer: ServerResponse): AbortSignal {
  const gone = new AbortController();
  answer.once('close', () => {
    if (!answer.writableFinished) gone.abort();
  });
  return gone.signal;
}
