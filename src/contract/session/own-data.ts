import { z } from 'zod';
import { done } from '../kit/kit.shape.ts';
import { mobile, phone } from '../kit/texts.shape.ts';
import { file, route, workbookType } from '../route.ts';
import { password } from './session.ts';

/** What is kept of a person: the person reads it, takes it along, and corrects what is the person's own to correct. */

export const readOwn = route({
  name: 'session.personal',
  method: 'GET',
  path: '/api/session/personal',
  access: 'signed-in',
  ownSession: true,
  summary: '本人的个人信息中可以自己更正的部分',
  output: z.object({
    phone: z.string().nullable(),
    /** The number that signs in, and one that waits to be looked at; both masked. */
    mobile: z.string().nullable(),
    mobileAsked: z.string().nullable(),
    revision: z.number().int(),
  }),
});

export const correctOwn = route({
  name: 'session.correct',
  method: 'PATCH',
  path: '/api/session/personal',
  access: 'signed-in',
  ownSession: true,
  summary: '更正本人的电话',
  body: z.object({ phone: phone.nullable(), revision: z.number().int() }),
  output: done,
});

export const askMobile = route({
  name: 'session.askMobile',
  method: 'PUT',
  path: '/api/session/mobile',
  access: 'signed-in',
  ownSession: true,
  summary: '登记登录用的手机号，由安全管理员核对后可以登录；空值去掉手机号',
  body: z.object({ mobile: mobile.nullable(), password }),
  output: done,
});

export const exportOwn = route({
  name: 'session.exportOwn',
  method: 'POST',
  path: '/api/session/personal/workbook',
  access: 'signed-in',
  ownSession: true,
  summary: '导出平台所存的本人信息（Excel）：账户、岗位、代办、登录、令牌，以及怎样更正',
  output: file(workbookType),
});
