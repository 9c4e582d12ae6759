import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailCertificate } from '#test/support/product/mail-certificate.ts';
import { type MailServer, openMailServer, wordsOf } from '#test/support/product/mail-server.ts';
import { isPrivateAddress, pinnedAddress } from './address.ts';
import { type SmtpOptions, smtpChannel } from './smtp.ts';

const message = {
  messageId: '<one@dudao.example>',
  address: 'reader@example.com',
  name: '张三',
  subject: '教育督导平台：已被催报',
  text: '请登录后查看：\nhttps://dudao.example/notices\n',
};

let server: MailServer;
beforeEach(async () => {
  server = await openMailServer();
});
afterEach(() => server.close());

function channel(options: Partial<SmtpOptions> = {}) {
  return smtpChannel({
    ...{ host: '127.0.0.1', port: server.port, secure: false, user: null, password: null },
    ...{ from: 'dudao@dudao.example', origin: 'https://dudao.example' },
    ...options,
  });
}
const allowing = (host = '127.0.0.1', mayBePrivate = true) => [{ host, port: server.port, mayBePrivate }];

describe('a message to a mail server', () => {
  it('is sent with its id, and the server reads it as it was written', async () => {
    expect(await channel().send(message, allowing())).toEqual({ state: 'sent' });
    expect(server.taken).toMatchObject([{ to: 'reader@example.com', messageId: message.messageId }]);
    expect(wordsOf(server.taken[0]!)).toContain('请登录后查看');
    expect(server.taken[0]!.text).toMatch(/^Auto-Submitted: auto-generated/m);
  });

  it('comes again later where the server says not now, and fails where it says never', async () => {
    server.manner = 'greylist';
    expect(await channel().send(message, allowing())).toMatchObject({
      state: 'later',
      sentence: expect.stringContaining('greylisted'),
    });
    server.manner = 'refuse';
    expect(await channel().send(message, allowing())).toMatchObject({
      state: 'failed',
      sentence: expect.stringContaining('no such user'),
    });
    expect(server.taken).toEqual([]);
  });

  it('is uncertain when the line breaks after its last byte, and only then', async () => {
    server.manner = 'take and cut';
    expect(await channel().send(message, allowing())).toMatchObject({ state: 'uncertain' });
    expect(server.taken).toHaveLength(1);
    server.manner = 'cut before';
    expect(await channel().send(message, allowing())).toMatchObject({ state: 'later' });
    expect(server.taken).toHaveLength(1);
    const { port } = server;
    await server.close();
    expect(await channel({ port }).send(message, allowing())).toMatchObject({ state: 'later' });
    server = await openMailServer();
  });
});

it('a name or a subject with the end of a line in it adds no line to the head', async () => {
  const bad = { ...message, name: '张三\r\nBcc: other@example.com', subject: '题目\r\nReply-To: other@example.com' };
  expect(await channel().send(bad, allowing())).toEqual({ state: 'sent' });
  const [head = ''] = server.taken[0]!.text.split(/\r?\n\r?\n/);
  expect(head).not.toMatch(/^(bcc|reply-to):/im);
  expect(server.taken).toHaveLength(1);
});

describe('TLS', () => {
  const tls = (options: Partial<SmtpOptions> = {}) =>
    channel({ host: 'mail.example', resolve: async () => ['127.0.0.1'], ...options });

  it('is checked against the name of the server, though the connection goes to an address', async () => {
    await server.close();
    server = await openMailServer({ tls: true, password: 'p' });
    const signedIn = { user: 'dudao', password: 'p', authorities: mailCertificate.cert };
    expect(await tls(signedIn).send(message, allowing('mail.example'))).toEqual({ state: 'sent' });
    expect(server.taken[0]?.servername).toBe('mail.example');
    const unknown = await tls({ user: 'dudao', password: 'p' }).send(message, allowing('mail.example'));
    expect(unknown).toMatchObject({ state: 'later' });
    const other = tls({ ...signedIn, host: 'other.example' });
    expect(await other.send(message, allowing('other.example'))).toMatchObject({ state: 'later' });
    const wrong = tls({ ...signedIn, password: 'q' });
    // A refused sign-in is the fault of the office: the mail waits.
    expect(await wrong.send(message, allowing('mail.example'))).toMatchObject({ state: 'later' });
    expect(server.taken).toHaveLength(1);
  });

  it('is insisted on where a password is sent', async () => {
    await server.close();
    server = await openMailServer({ password: 'p' });
    const outcome = await tls({ user: 'dudao', password: 'p' }).send(message, allowing('mail.example'));
    expect(outcome).toMatchObject({ state: 'later' });
    expect(server.taken).toEqual([]);
  });
});

describe('an outgoing address', () => {
  it('must be on the list, with its port', async () => {
    for (const allowed of [[], allowing('mail.example'), [{ host: '127.0.0.1', port: 1, mayBePrivate: true }]]) {
      expect(await channel().send(message, allowed)).toMatchObject({
        state: 'later',
        sentence: expect.stringContaining(`127.0.0.1:${server.port} 不在允许的名单里`),
      });
    }
    expect(server.connections).toBe(0);
  });

  it('in the own network is refused unless its row says so, also where only one of its addresses lies there', async () => {
    expect(await channel().send(message, allowing('127.0.0.1', false))).toMatchObject({ state: 'later' });
    const target = { host: 'mail.example', port: 25 };
    const row = [{ ...target, mayBePrivate: false }];
    for (const addresses of [['10.1.2.3'], ['8.8.8.8', '127.0.0.1'], ['::ffff:127.0.0.1'], ['fd00::1']]) {
      expect(await pinnedAddress(target, row, async () => addresses), addresses.join()).toMatchObject({
        sentence: expect.stringContaining('内部网络'),
      });
    }
    expect(server.connections).toBe(0);
    expect(await pinnedAddress(target, row, async () => ['8.8.8.8'])).toEqual({ address: '8.8.8.8' });
    expect(await pinnedAddress(target, row, () => Promise.reject(new Error('ENOTFOUND')))).toMatchObject({
      sentence: expect.stringContaining('DNS'),
    });
  });

  it('is asked for once: a second answer to the same question leads nowhere', async () => {
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return asked === 1 ? ['127.0.0.1'] : ['10.0.0.1'];
    };
    const outcome = await channel({ host: 'mail.example', resolve }).send(message, allowing('mail.example'));
    expect([outcome.state, asked, server.connections]).toEqual(['sent', 1, 1]);
  });
});

it('what the world cannot reach is private, in the old and in the new numbers', () => {
  const hidden = [
    ...['127.0.0.1', '10.0.0.1', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ...['::1', '::', 'fe80::1', 'fc00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', '2001::1', 'nothing'],
  ];
  expect(hidden.filter((address) => !isPrivateAddress(address))).toEqual([]);
  expect(['8.8.8.8', '172.32.0.1', '2400:3200::1'].filter(isPrivateAddress)).toEqual([]);
});
