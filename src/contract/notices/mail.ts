import { z } from 'zod';
import { instant } from '../kit/kit.shape.ts';
import { route } from '../route.ts';
import { noticeKind } from './notices.shape.ts';

/** The own address of a person and how the person wants to be written to. */

/** A minute of the day, counted from midnight. */
const minute = z.number().int().min(0).max(1439);

const quiet = z.object({ from: minute, until: minute });

const mailState = z.object({
  /** Whether this installation sends mail at all. */
  available: z.boolean(),
  address: z.string().nullable(),
  confirmedAt: instant.nullable(),
  /** The address whose code is awaited; `sent` once the code has left, `fault` where it could not. */
  asked: z.object({ address: z.string(), sent: z.boolean(), fault: z.string().nullable() }).nullable(),
  /** In these hours nothing is sent; null: at any time. */
  quiet: quiet.nullable(),
  /** All notices of a day in one mail at this minute; null: each when it comes. */
  digestAt: minute.nullable(),
  /** Every kind of notice, under which word it stands, and whether the person wants it by mail. */
  kinds: z.array(z.object({ kind: z.string(), title: z.string(), group: z.string(), wanted: z.boolean() })),
});

export const mail = route({
  name: 'notices.mail',
  method: 'GET',
  path: '/api/notices/mail',
  access: 'signed-in',
  summary: '本人的邮箱和邮件提醒的选择',
  output: mailState,
});

export const askAddress = route({
  name: 'notices.askAddress',
  method: 'POST',
  path: '/api/notices/mail/address',
  access: 'signed-in',
  keepsRights: true,
  summary: '登记本人的邮箱：向它寄出六位验证码，输入后才算数',
  body: z.object({
    address: z
      .string()
      .trim()
      .max(254)
      .regex(/^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, '请写完整的邮箱地址，例如 name@example.com'),
  }),
  output: mailState,
});

export const confirmAddress = route({
  name: 'notices.confirmAddress',
  method: 'POST',
  path: '/api/notices/mail/confirmation',
  access: 'signed-in',
  keepsRights: true,
  summary: '输入寄到邮箱的验证码，确认邮箱',
  body: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, '验证码是六位数字'),
  }),
  output: z.object({ right: z.boolean(), state: mailState }),
});

export const removeAddress = route({
  name: 'notices.removeAddress',
  method: 'DELETE',
  path: '/api/notices/mail/address',
  access: 'signed-in',
  keepsRights: true,
  summary: '去掉本人的邮箱，以后不再寄邮件',
  output: mailState,
});

export const chooseMail = route({
  name: 'notices.chooseMail',
  method: 'PUT',
  path: '/api/notices/mail/choices',
  access: 'signed-in',
  keepsRights: true,
  summary: '选择哪些消息寄邮件、免打扰时段、是否每天合成一封',
  body: z.object({
    quiet: quiet.nullable(),
    digestAt: minute.nullable(),
    /** The kinds that are not wanted by mail. */
    refused: z.array(noticeKind).max(100),
  }),
  output: mailState,
});
