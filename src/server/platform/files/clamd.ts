import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createConnection } from 'node:net';

/** What a scanner says of a file; `large`: more than it takes. */
export type ScanResult = 'clean' | 'infected' | 'large';

export interface Scanner {
  /** @throws where the scanner does not answer, or answers with an error of its own */
  scan(path: string): Promise<ScanResult>;
}

/** Milliseconds without a byte of an answer after which the scanner is taken for gone. */
const patience = 120_000;

/**
 * A clamd at an address, spoken to by INSTREAM: parts with their lengths in front, ended by a part of no length. One
 * connection a file, as clamd serves it.
 */
export function clamdAt({ host, port }: { readonly host: string; readonly port: number }): Scanner {
  return {
    async scan(path) {
      const socket = createConnection({ host, port, timeout: patience });
      socket.on('timeout', () => socket.destroy(new Error('clamd did not answer in time')));
      const answer = textOf(socket);
      // The answer may come early, and closes the connection: what is still to be sent does not matter then.
      answer.catch(() => {});
      try {
        await once(socket, 'connect');
        socket.write('zINSTREAM\0');
        for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
          if (socket.destroyed || socket.readableEnded) break;
          const length = Buffer.alloc(4);
          length.writeUInt32BE((chunk as Buffer).length);
          socket.write(length);
          if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), answer]);
        }
        if (!socket.destroyed) socket.write(Buffer.alloc(4));
        return resultOf(await answer);
      } finally {
        socket.destroy();
      }
    },
  };
}

async function textOf(socket: ReturnType<typeof createConnection>): Promise<string> {
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
    // Every command that begins with `z` is answered with a text that ends with NUL.
    if (text.includes('\0')) break;
  }
  return text.replaceAll('\0', '').trim();
}

function resultOf(answer: string): ScanResult {
  if (/\bOK$/.test(answer)) return 'clean';
  if (/\bFOUND$/.test(answer)) return 'infected';
  if (/size limit exceeded/i.test(answer)) return 'large';
  throw new Error(`clamd answered: ${answer.slice(0, 200) || 'nothing'}`);
}
