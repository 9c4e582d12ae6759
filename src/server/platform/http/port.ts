import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../config/config.ts';
import { StartError } from '../config/start-error.ts';

type Place = Pick<Config, 'port' | 'host'>;

/** The sentence for a port that cannot be opened; undefined for another error. */
export function listenFault(error: unknown, { port, host }: Place): StartError | undefined {
  const reason = listenFaults[(error as NodeJS.ErrnoException).code ?? ''];
  if (reason === undefined) return undefined;
  return new StartError(`无法在 ${host} 的端口 ${port} 上提供服务：${reason}。`, { cause: error });
}

/**
 * Opens the port and gives it back. A start tries it before it makes a database, which takes seconds; whether the port is
 * still free when the server listens shows itself then.
 * @throws StartError
 */
export async function assertPortFree({ port, host }: Place): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw listenFault(error, { port, host }) ?? error;
  }
  server.close();
  await once(server, 'close');
}

const listenFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: '端口已被另一个程序占用，请先停止它，或用 PORT 另设一个端口（0 表示任选空闲端口）',
  EACCES: '没有权限，请用 PORT 另设一个 1024 以上的端口',
  EADDRNOTAVAIL: '本机没有这个地址，请检查 HOST',
  ENOTFOUND: '找不到这个主机名，请检查 HOST',
};
