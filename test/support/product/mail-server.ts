import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { mailCertificate } from './mail-certificate.ts';

/** What a mail server of a test does with the next messages. */
export type MailManner =
  | 'take'
  /** Not now (451): come again. */
  | 'greylist'
  /** Never (550). */
  | 'refuse'
  /** Takes the message and does not say so: the line breaks instead. */
  | 'take and cut'
  /** Breaks the line before the message. */
  | 'cut before'
  /** Opens the line and does not greet. */
  | 'silent'
  /** Takes the message and says nothing until `release`. */
  | 'hold';

export interface TakenMail {
  readonly to: string;
  readonly messageId: string;
  readonly text: string;
  /** The name that was asked for in TLS; undefined without it. */
  readonly servername: string | undefined;
}

export interface MailServer {
  readonly port: number;
  manner: MailManner;
  /** Every message that the server had whole, whatever it said of it. */
  readonly taken: TakenMail[];
  /** Connections that were opened. */
  connections: number;
  /** Answers the messages that are held. */
  release(): void;
  close(): Promise<void>;
}

/** A real SMTP server on this machine. */
export async function openMailServer({
  tls = false,
  password,
}: {
  tls?: boolean;
  password?: string;
} = {}): Promise<MailServer> {
  let held: Array<() => void> = [];
  const sockets = new Set<Socket>();
  const names = new Map<string, string | undefined>();
  const lines = new Map<string, Socket>();
  const cut = (id: string) => lines.get(id)?.destroy();
  const server = new SMTPServer({
    ...mailCertificate,
    disabledCommands: tls ? [] : password === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    authOptional: password === undefined,
    logger: false,
    closeTimeout: 10,
    onAuth(given, _session, answer) {
      answer(given.password === password ? null : new Error('wrong password'), { user: given.username });
    },
    onConnect(session, answer) {
      state.connections += 1;
      const line = [...sockets].find(({ remotePort }) => remotePort === session.remotePort);
      if (line) lines.set(session.id, line);
      if (state.manner !== 'silent') answer();
    },
    onSecure(_socket, session, answer) {
      names.set(session.id, typeof session.servername === 'string' ? session.servername : undefined);
      answer();
    },
    onRcptTo(_address, session, answer) {
      if (state.manner === 'cut before') return void cut(session.id);
      const code = { greylist: 451, refuse: 550 }[state.manner as 'greylist' | 'refuse'];
      if (code === undefined) return answer();
      answer(Object.assign(new Error(code === 451 ? 'greylisted' : 'no such user'), { responseCode: code }));
    },
    onData(stream, session, answer) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = Buffer.concat(parts).toString();
        state.taken.push({
          to: session.envelope.rcptTo[0]?.address ?? '',
          messageId: /^Message-ID: (\S+)/im.exec(text)?.[1] ?? '',
          text,
          servername: names.get(session.id),
        });
        if (state.manner === 'take and cut') return void cut(session.id);
        if (state.manner === 'hold') return void held.push(() => answer());
        answer();
      });
    },
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const state: MailServer = {
    port: (listening.address() as AddressInfo).port,
    manner: 'take',
    taken: [],
    connections: 0,
    release() {
      for (const answer of held) answer();
      held = [];
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return state;
}

/** The words of a mail, as its reader sees them. */
export function wordsOf({ text }: TakenMail): string {
  const [, body = ''] = text.split(/\r?\n\r?\n([\s\S]*)/);
  if (/^Content-Transfer-Encoding: base64/im.test(text)) return Buffer.from(body, 'base64').toString();
  const bytes = body
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/((?:=[0-9A-F]{2})+)/g, (run: string) => Buffer.from(run.replaceAll('=', ''), 'hex').toString());
  return bytes;
}
