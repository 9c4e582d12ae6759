import type { Context } from '#core/access/serve.ts';
import type { Revised } from '#core/audit/last-change.ts';

/** What changes the row of a setting. */
export const settingRevised: Revised = { table: 'settings', type: 'setting', acts: ['setting.updated'] };

/** One row for a change of a setting, with what was and what is. */
export function recordSetting<H>(
  ctx: Pick<Context<H>, 'record'>,
  action: 'updated' | 'outgoingAdded' | 'outgoingRemoved',
  objectId: string,
  changed: { readonly before?: Record<string, unknown>; readonly after?: Record<string, unknown> },
): Promise<void> {
  return ctx.record({ action: `setting.${action}`, objectType: 'setting', objectId, ...changed });
}
