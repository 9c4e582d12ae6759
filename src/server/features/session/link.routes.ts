import * as session from '#contract/session/session.ts';
import { findLink } from '#core/access/account/links.store.ts';
import { useLink } from '#core/access/account/set-up.ts';
import { serve, serveRaw } from '#core/access/serve.ts';
import { problem } from '#domain/kit/problem.ts';
import { proofRequestOf } from './session.act.ts';

/** The routes behind a one-time link. The link itself gives the right, so these routes need no sign-in. */
export const linkRoutes = [
  serve(session.inspectLink, async (ctx, { body }) => {
    const link = await findLink(ctx.db, body.token, ctx.now);
    if (link === null) throw problem('access.linkOver');
    return {
      purpose: link.purpose,
      role: link.roleName,
      username: link.username,
      name: link.name,
      code: link.coded,
      expiresAt: link.expiresAt.toISOString(),
    };
  }),

  serveRaw(session.useLink, (raw, { body }) => useLink(proofRequestOf(raw), body)),
];
