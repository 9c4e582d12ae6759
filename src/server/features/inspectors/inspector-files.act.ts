import { holder } from '#core/access/holder.ts';
import { next } from '#domain/flow/flow.ts';
import { inspectorFlow } from '#domain/inspection/flow.ts';
import { loadInspector, subjectOf } from './inspector.act.ts';
import type { InspectorHandle } from './inspector.store.ts';

/** The photograph, certificates and papers of an inspector: whoever keeps the register brings them, whoever reads it opens them. */
export const inspectorHolder = holder<InspectorHandle>({
  read: 'inspector.read',
  attach: ['inspector.write'],
  judges: ['inspector.review', 'inspector.appoint'],
  async may(ctx, inspectorId, act) {
    const inspector = await loadInspector(ctx, inspectorId);
    if (act === 'read') return inspector;
    const asked = next(inspectorFlow, 'edit', subjectOf(ctx, inspector), ctx.actor);
    ctx.authorize(asked.ok, asked.ok ? undefined : asked.problem);
    return inspector;
  },
});
