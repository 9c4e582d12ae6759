import { readMapping, writeMapping } from '#contract/frameworks/mappings.ts';
import { serving } from '#core/access/serve.ts';
import type { FrameworkHandle } from '../framework.store.ts';
import { decideMapping, showMapping } from './mapping.act.ts';

const on = serving<FrameworkHandle>();

export const frameworkMappingRoutes = [
  on(readMapping, (ctx, { query }) => showMapping(ctx, query)),
  on(writeMapping, (ctx, { body }) => decideMapping(ctx, body)),
];
