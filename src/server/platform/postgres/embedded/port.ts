import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A free port on loopback. Ports that the system assigns to outgoing connections (32768 and up on Linux, 49152 and up
 * elsewhere) are avoided: while the server is down, a client that keeps dialling such a port can end up connected to
 * itself and keep the port from the server. The last port is kept where possible.
 */
export async function freePort(last: number | null): Promise<number> {
  if (last !== null && (await isFree(last))) return last;
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
