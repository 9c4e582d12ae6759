import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences;
    throw error;
  }
  return [];
}

describe('settings from the environment', () => {
  it('has a default for every setting', () => {
    expect(loadConfig({ PORT: '', HOST: ' ' })).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      dataNamed: false,
      databaseUrl: null,
      databaseAppUrl: null,
      sample: true,
      sampleSize: 'whole',
      logLevel: 'info',
      trustedProxies: [],
      clamd: null,
      fontsDir: null,
      mail: null,
      backupDir: null,
      metricsToken: null,
      strict: false,
    });
  });

  it('reads the address of a scanner, and refuses what is none', () => {
    expect(loadConfig({ CLAMD: '127.0.0.1:3310' }).clamd).toEqual({ host: '127.0.0.1', port: 3310 });
    expect(loadConfig({ CLAMD: '[::1]:3310' }).clamd).toEqual({ host: '::1', port: 3310 });
    for (const given of ['clamd', 'clamd:0', 'clamd:70000', 'http://clamd:3310']) {
      expect(() => loadConfig({ CLAMD: given }), given).toThrow('CLAMD');
    }
  });

  it('reads the mail server, and refuses one without a sender or without the address of the product', () => {
    const rest = { MAIL_FROM: 'dudao@example.gov.cn', ORIGIN: 'https://dudao.example.gov.cn/' };
    expect(loadConfig({ SMTP_URL: 'smtps://dudao:p%40ss@Mail.example', ...rest }).mail).toEqual({
      ...{ host: 'mail.example', port: 465, secure: true, user: 'dudao', password: 'p@ss' },
      ...{ from: 'dudao@example.gov.cn', origin: 'https://dudao.example.gov.cn' },
    });
    expect(loadConfig({ SMTP_URL: 'smtp://mail.example', ...rest }).mail).toMatchObject({
      ...{ port: 587, secure: false, user: null, password: null },
    });
    expect(loadConfig(rest).mail).toBeNull();
    expect(mistakesOf({ SMTP_URL: 'smtp://mail.example' })).toEqual([
      expect.stringContaining('MAIL_FROM'),
      expect.stringContaining('ORIGIN'),
    ]);
    for (const url of ['mail.example:25', 'http://mail.example', 'smtp://', 'smtp://mail.example/inbox']) {
      expect(mistakesOf({ SMTP_URL: url, ...rest })[0], url).toContain('SMTP_URL');
    }
    expect(mistakesOf({ SMTP_URL: 'ftp://dudao:s3cret@host', ...rest }).join()).not.toContain('s3cret');
    expect(mistakesOf({ ORIGIN: 'https://dudao.example/desk' })[0]).toContain('ORIGIN');
  });

  it('takes the given values', () => {
    const config = loadConfig({
      PORT: '8080',
      HOST: '::1',
      DATA_DIR: '/srv/督导',
      DATABASE_URL: 'postgresql://owner:secret@db.example:5433/dudao?sslmode=require',
      DATABASE_APP_URL: 'postgres://app:other@db.example:5433/dudao',
      SAMPLE: 'off',
      LOG_LEVEL: 'warn',
      TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1',
    });
    expect(config.trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', '::1']);
    expect(config).toMatchObject({ port: 8080, host: '::1', dataDir: '/srv/督导', sample: false, logLevel: 'warn' });
    expect(config.databaseUrl).toContain('owner');
    expect(config.databaseAppUrl).toContain('app');
  });

  it('names the variable, the given value and the allowed values, for every mistake at once', () => {
    const mistakes = mistakesOf({ PORT: '70000', SAMPLE: 'maybe', LOG_LEVEL: 'loud', HOST: 'a b' });
    expect(mistakes).toEqual([
      '环境变量 PORT 的值“70000”无效，允许的是：0 到 65535 之间的整数（0 表示任选空闲端口）。',
      '环境变量 HOST 的值“a b”无效，允许的是：一个 IP 地址或主机名，例如 127.0.0.1 或 0.0.0.0。',
      '环境变量 SAMPLE 的值“maybe”无效，允许的是：on、small 或 off。',
      '环境变量 LOG_LEVEL 的值“loud”无效，允许的是：fatal、error、warn、info、debug、trace、silent。',
    ]);
  });

  it.each(['all', '127.0.0.1/33', '10.0.0.0/8/8', '::1/x', '127.0.0.1,'])('refuses the proxy %s', (given) => {
    expect(mistakesOf({ TRUSTED_PROXIES: given })[0]).toContain('反向代理');
  });

  it.each(['mysql://u:p@h/db', 'postgres://h/db', 'postgres://u:p@h/', 'nonsense'])('refuses the address %s', (url) => {
    expect(mistakesOf({ DATABASE_URL: url })).toHaveLength(1);
  });

  it('does not repeat a password', () => {
    const [sentence] = mistakesOf({ DATABASE_URL: 'mysql://owner:s3cret@host/db' });
    expect(sentence).toContain('mysql://owner:******@host/db');
    expect(sentence).not.toContain('s3cret');
    expect(mistakesOf({ METRICS_TOKEN: 'too short' })[0]).toContain('METRICS_TOKEN 的值“******”');
  });

  it('refuses an application role without an owner, and an owner as application role', () => {
    expect(mistakesOf({ DATABASE_APP_URL: 'postgres://app:p@h/db' })[0]).toContain('DATABASE_URL');
    const both = { DATABASE_URL: 'postgres://owner:p@h/db', DATABASE_APP_URL: 'postgres://owner:p@h/db' };
    expect(mistakesOf(both)[0]).toContain('同一个用户“owner”');
  });
});
