import { z } from 'zod';
import { instant } from '../kit/kit.shape.ts';
import { route } from '../route.ts';

/**
 * How people sign in here. The limits are those of GB/T 22239-2019 as assessors read them; a setting can only tighten
 * them.
 */
export const accessSettings = z.object({
  /** Asks administrators and city officers for a second factor. Only the sample city can turn this off. */
  secondFactor: z.boolean(),
  /** A new sign-in ends the older one. */
  endOlderSession: z.boolean(),
  passwordDays: z.number().int().min(7).max(90),
  idleMinutes: z.number().int().min(5).max(30),
});

const state = z.object({
  access: accessSettings,
  revision: z.number().int(),
  updatedAt: instant,
  updatedBy: z.string().nullable(),
});

export const read = route({
  name: 'settings.read',
  method: 'GET',
  path: '/api/settings',
  access: 'setting.manage',
  scoped: true,
  summary: '系统设置',
  output: state,
});

export const update = route({
  name: 'settings.update',
  method: 'PUT',
  path: '/api/settings',
  access: 'setting.manage',
  scoped: true,
  summary: '修改系统设置',
  touches: ['session'],
  body: z.object({ access: accessSettings, revision: z.number().int() }),
  output: state,
});
