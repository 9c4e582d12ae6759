import type { Holder } from '#core/access/holder.ts';
import { next } from '#domain/flow/flow.ts';
import { inspectorFlow } from '#domain/inspection/flow.ts';
import { type InspectorContext, loadInspector, subjectOf } from './inspector.act.ts';

/** The photograph, certificates and papers of an inspector: whoever keeps the register brings them, whoever reads it opens them. */
export const inspectorHolder: Holder = {
  read: 'inspector.read',
  attach: ['inspector.write'],
  judges: ['inspector.review', 'inspector.appoint'],
  async may(given, inspectorId, act) {
    // The core knows no feature's handle.
    const ctx = given as unknown as InspectorContext;
    const inspector = await loadInspector(ctx, inspectorId);
    if (act === 'read') return inspector;
    const asked = next(inspectorFlow, 'edit', subjectOf(ctx, inspector), ctx.actor);
    ctx.authorize(asked.ok, asked.ok ? undefined : asked.problem);
    return inspector;
  },
};
