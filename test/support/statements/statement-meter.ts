import { connect, createServer, type Socket } from 'node:net';

export interface StatementMeter {
  /** The same database through the meter. */
  readonly url: string;
  /** Statements that went through so far, from any sender and any library. */
  readonly count: number;
  close(): Promise<void>;
}

/** Stands between a program and PostgreSQL and counts what is sent: simple queries, and executions of prepared ones. */
export async function openStatementMeter(url: string): Promise<StatementMeter> {
  const database = new URL(url);
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((program) => {
    const postgres = connect(Number(database.port || 5432), database.hostname);
    const ends = [program, postgres] as const;
    for (const end of ends) {
      sockets.add(end);
      end.on('error', () => {});
      end.on('close', () => {
        sockets.delete(end);
        for (const other of ends) other.destroy();
      });
    }
    const counted = statementsIn();
    program.on('data', (bytes) => {
      count += counted(bytes);
    });
    program.pipe(postgres);
    postgres.pipe(program);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  return {
    url: through.href,
    get count() {
      return count;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads the messages of one connection; the first has no type and says who connects. */
function statementsIn(): (bytes: Buffer) => number {
  let rest: Buffer = Buffer.alloc(0);
  let typeBytes = 0;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    let found = 0;
    while (rest.length >= typeBytes + 4) {
      const length = typeBytes + rest.readUInt32BE(typeBytes);
      if (rest.length < length) break;
      const type = typeBytes === 0 ? '' : String.fromCharCode(rest.readUInt8(0));
      if (type === 'Q' || type === 'E') found += 1;
      rest = rest.subarray(length);
      typeBytes = 1;
    }
    return found;
  };
}
