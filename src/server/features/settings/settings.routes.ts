import * as settings from '#contract/settings/settings.ts';
import { getAccessSettings } from '#core/access/account/accounts.store.ts';
import { type Context, serve } from '#core/access/serve.ts';
import { changedMeanwhile } from '#core/audit/last-change.ts';
import { problem } from '#domain/kit/problem.ts';
import { recordSetting, settingRevised } from './setting.act.ts';
import { writeAccessSettings } from './settings.store.ts';

/** How people sign in here; the 系统管理员 decides, within what the norm allows. */
export const settingsRoutes = [
  serve(settings.read, async (ctx) => {
    return state(ctx);
  }),

  serve(settings.update, async (ctx, { body }) => {
    if (!ctx.sample && !body.access.secondFactor) throw problem('access.secondFactorFixed');
    const before = await getAccessSettings(ctx.db);
    if (!(await writeAccessSettings(ctx.db, body.access, body.revision, ctx.actor.userId, ctx.now))) {
      throw await changedMeanwhile(ctx, '系统设置', { id: 'access' }, settingRevised);
    }
    const changed = Object.entries(body.access).filter(
      ([key, value]) => before.value[key as keyof typeof before.value] !== value,
    );
    if (changed.length === 0) throw problem('thing.nothingChanges', { what: '系统设置' });
    await recordSetting(ctx, 'updated', 'access', {
      before: Object.fromEntries(changed.map(([key]) => [key, before.value[key as keyof typeof before.value]])),
      after: Object.fromEntries(changed),
    });
    return state(ctx);
  }),
];

async function state(ctx: Context) {
  const row = await getAccessSettings(ctx.db);
  return {
    access: row.value,
    revision: row.revision,
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedBy,
  };
}
