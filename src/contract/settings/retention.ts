import { z } from 'zod';
import { instant } from '../kit/kit.shape.ts';
import { writtenReason } from '../kit/texts.shape.ts';
import { route } from '../route.ts';

/** How rows of a kind go: at night after the years of the kind, when they have ended, or never by the program. */
export const retentionRemovals = ['term', 'end', 'never'] as const;

/** How many holds of one kind may stand at once. */
export const mostHolds = 20;

const hold = z.object({ id: z.uuid(), reason: z.string(), placedAt: instant, placedBy: z.string() });

export const retentionKind = z.object({
  key: z.string(),
  title: z.string(),
  /** What belongs to the kind. */
  covers: z.string(),
  /** Null: kept for good, or until it ends. */
  years: z.number().int().nullable(),
  leastYears: z.number().int(),
  removal: z.enum(retentionRemovals),
  basis: z.string(),
  /** The basis is an example that the office replaces by its own schedule. */
  sample: z.boolean(),
  revision: z.number().int(),
  changed: z.object({ at: instant, by: z.string() }).nullable(),
  /** Those that stand, the oldest first. */
  holds: z.array(hold).max(mostHolds),
  /** What the last night did; null where none has run. */
  proof: z
    .object({
      checkedAt: instant,
      /** The last removal; null where nothing has gone so far. */
      removal: z
        .object({ at: instant, removed: z.number().int(), digest: z.string(), oldest: instant, newest: instant })
        .nullable(),
    })
    .nullable(),
});

const kinds = z.object({ rows: z.array(retentionKind).max(50) });

export const listRetention = route({
  name: 'settings.retention',
  method: 'GET',
  path: '/api/settings/retention',
  access: 'setting.manage',
  scoped: true,
  summary: '保管期限：各类记录保管多久、依据、暂停清理的决定和最近一次清理',
  output: kinds,
});

const params = z.object({ kind: z.string().max(40) });

export const changeTerm = route({
  name: 'settings.changeTerm',
  method: 'PUT',
  path: '/api/settings/retention/:kind/term',
  access: 'setting.manage',
  scoped: true,
  summary: '按本机关的期限表修改一类记录的保管期限，并写明依据',
  params,
  body: z.object({
    years: z.number().int().min(1).max(100).nullable(),
    basis: writtenReason(500),
    revision: z.number().int(),
  }),
  output: kinds,
});

export const holdRetention = route({
  name: 'settings.hold',
  method: 'POST',
  path: '/api/settings/retention/:kind/hold',
  access: 'setting.manage',
  scoped: true,
  summary: '暂停清理一类记录，直到解除；写明理由',
  params,
  body: z.object({ reason: writtenReason(500) }),
  output: kinds,
});

export const liftRetention = route({
  name: 'settings.lift',
  method: 'POST',
  path: '/api/settings/retention/:kind/lift',
  access: 'setting.manage',
  scoped: true,
  summary: '解除一类记录的暂停清理；写明理由',
  params,
  body: z.object({ reason: writtenReason(500) }),
  output: kinds,
});
