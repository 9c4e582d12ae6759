import { undoAll } from '#core/workflow/undo.act.ts';
import { holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { inspectorActionTitles, type UndoableInspectorAction } from '#domain/inspection/flow.ts';
import type { InspectorState } from '#domain/inspection/inspector.ts';
import { tellInspector } from '../form.act.ts';
import { type InspectorContext, inspectorWord, loadInspector, recordOf, stateWords } from '../inspector.act.ts';
import { type Inspector, type InspectorChange, lockInspector, updateInspector } from '../inspector.store.ts';

/** The right to take an act back is the right to the act. */
const rights: Readonly<Record<UndoableInspectorAction, readonly Permission[]>> = {
  review: ['inspector.review'],
  confirm: ['inspector.review'],
  return: ['inspector.review', 'inspector.appoint'],
  withdraw: ['inspector.write', 'inspector.appoint'],
};

/** What an act replaces, so that taking it back brings it again. */
export function replacedBy(action: string, { publicNoticeFrom, publicNoticeTo, reason }: Inspector): InspectorChange {
  return action === 'return' ? { publicNoticeFrom, publicNoticeTo } : { reason };
}

/** Takes back the own act of this minute, while nothing came after it. */
export async function undoStep(
  ctx: InspectorContext,
  id: string,
  action: UndoableInspectorAction,
): Promise<{ id: string; state: InspectorState; revision: number }> {
  // What is out of reach does not exist, whatever the right.
  await loadInspector(ctx, id);
  ctx.authorize(rights[action].some((one) => holds(ctx.actor, one)));
  const title = inspectorActionTitles[action];
  const { done } = await undoAll<Inspector, InspectorState, InspectorContext>(
    ctx,
    {
      async lock(_ctx, ids) {
        const locked = await lockInspector(ctx.db, await loadInspector(ctx, ids[0] ?? ''));
        return locked ? [locked] : [];
      },
      nameOf: ({ name }) => `“${name}”的登记`,
      async write(_ctx, [back]) {
        if (!back) return [];
        const change: InspectorChange = { ...(back.values as InspectorChange), state: back.to };
        const revision = await updateInspector(ctx.db, back.row, change, ctx.now);
        return [{ ...change, id: back.row.id, revision }];
      },
      record: (_ctx, { row, to }) =>
        recordOf(row, 'undone', {
          before: stateWords(row),
          after: { ...stateWords({ state: to }), undone: title },
        }),
    },
    [id],
    { action, title, notFound: inspectorWord },
  );
  const [row] = done;
  // Whoever was told that the form came back is told that it did not.
  if (action === 'return') await tellInspector(ctx, row!, 'inspector.returnUndone');
  return { id, state: row!.state, revision: row!.revision };
}
