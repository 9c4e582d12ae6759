import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import type { SecureContextOptions } from 'node:tls';
import type { MailConfig } from '../config/config.ts';
import { pinnedAddress, type Resolver } from './address.ts';
import type { NoticeChannel, OutgoingMessage, SendOutcome } from './channel.ts';

/** Without `secure`, TLS is asked for, and insisted on where a password is sent. */
export interface SmtpOptions extends MailConfig {
  readonly resolve?: Resolver;
  /** Further authorities that a certificate may be signed by. */
  readonly authorities?: SecureContextOptions['ca'];
}

/** No try lasts longer, whatever the server does. */
export const longestTry = 120_000;
/** The name under which the product writes. */
const senderName = '教育督导平台';

/** Sends notices through the mail server of the office, one connection a message. */
export function smtpChannel(options: SmtpOptions): NoticeChannel {
  const target = { host: options.host, port: options.port };
  return {
    name: 'mail',
    origin: options.origin,
    domain: options.from.slice(options.from.lastIndexOf('@') + 1),
    target,
    async send(message, allowed) {
      const pinned = await pinnedAddress(target, allowed, options.resolve);
      if ('sentence' in pinned) return { state: 'later', sentence: pinned.sentence };
      try {
        return await sendTo(pinned.address, options, message);
      } catch (error) {
        return { state: 'later', sentence: `邮件没有发出：${shortText(error)}` };
      }
    },
  };
}

async function sendTo(address: string, options: SmtpOptions, message: OutgoingMessage): Promise<SendOutcome> {
  // The library is read when the first mail leaves: most starts send none.
  const [{ default: MailComposer }, { default: Connection }] = await Promise.all([
    import('nodemailer/lib/mail-composer'),
    import('nodemailer/lib/smtp-connection'),
  ]);
  const bytes = await new MailComposer({
    from: { name: senderName, address: options.from },
    to: { name: message.name, address: message.address },
    subject: message.subject,
    text: message.text,
    messageId: message.messageId,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  const { host, user, password } = options;
  const connection = new Connection({
    host: address,
    port: options.port,
    secure: options.secure,
    requireTLS: !options.secure && user !== null,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    tls: {
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(options.authorities === undefined ? {} : { ca: options.authorities }),
    },
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
  });
  // Once the last byte was taken, a broken line says nothing about what the other side did with it.
  let handed = false;
  const body = Readable.from([bytes], { objectMode: false });
  body.once('end', () => {
    handed = true;
  });
  return new Promise<SendOutcome>((resolve) => {
    const tooLong = setTimeout(() => settle(new Error('the mail server took too long')), longestTry);
    const settle = (error: unknown) => {
      clearTimeout(tooLong);
      if (error === null) connection.quit();
      else connection.close();
      resolve(error === null ? { state: 'sent' } : outcomeOf(error, handed));
    };
    const next = (step: () => void) => (error?: unknown) => (error ? settle(error) : step());
    const send = () =>
      connection.send({ from: options.from, to: [message.address] }, body, (error) => settle(error ?? null));
    connection.on('error', settle);
    connection.connect(
      next(() => (user === null ? send() : connection.login({ user, pass: password ?? '' }, next(send)))),
    );
  });
}

/** What a refusal of the server, or a broken line, means for the message. */
function outcomeOf(error: unknown, handed: boolean): SendOutcome {
  const { responseCode, command, response } = error as { responseCode?: number; command?: string; response?: string };
  if (responseCode === undefined) {
    return handed
      ? { state: 'uncertain', sentence: '邮件已交给邮件服务器，但连接在它答复之前断了，收到与否不确定。' }
      : { state: 'later', sentence: `连接邮件服务器时出错：${shortText(error)}` };
  }
  const said = shortText(response ?? error);
  // A refused sign-in is the office's fault and not the addressee's.
  const aboutMessage = /^(MAIL FROM|RCPT TO|DATA)$/.test(command ?? '');
  if (responseCode >= 500 && aboutMessage) return { state: 'failed', sentence: `邮件服务器拒收：${said}` };
  return { state: 'later', sentence: `邮件服务器暂时不收：${said}` };
}

/** What a server or the system said, in one line that fits a table. */
function shortText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
