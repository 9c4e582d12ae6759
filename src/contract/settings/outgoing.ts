import { z } from 'zod';
import { instant } from '../kit/kit.shape.ts';
import { writtenLine } from '../kit/texts.shape.ts';
import { route } from '../route.ts';

/** Where the program may open a connection to. */
export const outgoingAddress = z.object({
  host: z.string(),
  port: z.number().int(),
  /** Whether it may lie in the own network. */
  mayBePrivate: z.boolean(),
  purpose: z.string(),
  addedBy: z.string(),
  addedAt: instant,
});

/** How many there are at most. */
export const mostOutgoing = 100;

const addresses = z.object({ rows: z.array(outgoingAddress).max(mostOutgoing) });

const target = z.object({
  host: z
    .string()
    .trim()
    .toLowerCase()
    .max(253)
    .regex(
      /^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|[0-9a-f:.]*:[0-9a-f:.]*)$/,
      '请写主机名或 IP 地址，例如 smtp.example.gov.cn',
    ),
  port: z.number().int().min(1).max(65535),
});

export const listOutgoing = route({
  name: 'settings.outgoing',
  method: 'GET',
  path: '/api/settings/outgoing',
  access: 'setting.manage',
  scoped: true,
  summary: '外部地址：程序可以连接的主机和端口',
  output: addresses,
});

export const addOutgoing = route({
  name: 'settings.addOutgoing',
  method: 'POST',
  path: '/api/settings/outgoing',
  access: 'setting.manage',
  scoped: true,
  summary: '加一个允许连接的外部地址',
  touches: ['notices'],
  body: target.extend({ mayBePrivate: z.boolean(), purpose: writtenLine(100).min(2) }),
  output: addresses,
});

export const removeOutgoing = route({
  name: 'settings.removeOutgoing',
  method: 'POST',
  path: '/api/settings/outgoing/removal',
  access: 'setting.manage',
  scoped: true,
  summary: '去掉一个外部地址，程序不再连接它',
  touches: ['notices'],
  body: target,
  output: addresses,
});
