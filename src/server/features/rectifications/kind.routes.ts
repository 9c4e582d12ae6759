import * as rectifications from '#contract/rectifications/rectifications.ts';
import { serving } from '#core/access/serve.ts';
import { changedMeanwhile } from '#core/audit/last-change.ts';
import { holds } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import type { FindingHandle } from './finding.store.ts';
import { type FindingKind, findKind, kindRevised, listKinds, updateKind } from './kind.store.ts';

const on = serving<FindingHandle>();

export const findingKindRoutes = [
  on(rectifications.kinds, async (ctx) => ({
    kinds: await listKinds(ctx.db),
    canChange: ctx.actor.level === 'city' && holds(ctx.actor, 'rectification.manage'),
  })),

  on(rectifications.changeKind, async (ctx, { params, body }) => {
    const before = await findKind(ctx.db, params.kindKey);
    if (!before) throw problem('thing.notFound', { what: '个问题类别' });
    const said = (Object.keys(body) as (keyof typeof body)[]).filter((key) => key !== 'revision');
    if (before.revision === body.revision && said.every((key) => before[key] === body[key])) {
      throw problem('thing.nothingChanges', { what: `问题类别“${before.name}”` });
    }
    const written = await updateKind(ctx.db, { key: params.kindKey, ...body });
    if (!written) {
      const kind = { placeId: ctx.actor.unitId ?? 0, id: before.key };
      throw await changedMeanwhile(ctx, `问题类别“${before.name}”`, kind, kindRevised);
    }
    const changed = (Object.keys(body) as (keyof FindingKind)[]).filter(
      (key) => key !== 'revision' && before[key] !== written[key],
    );
    const pick = (of: FindingKind) => Object.fromEntries(changed.map((key) => [key, of[key]]));
    await ctx.record({
      ...{ action: 'finding.kindChanged', objectType: 'finding-kind', objectId: params.kindKey },
      ...{ fields: changed, before: pick(before), after: pick(written) },
    });
    return written;
  }),
];
