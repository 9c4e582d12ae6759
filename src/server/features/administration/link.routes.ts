import * as session from '#contract/session.ts';
import { findLink } from '#core/access/links.store.ts';
import { serve, serveRaw } from '#core/access/serve.ts';
import { useLink } from '#core/access/set-up.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';

/** What stands behind a one-time link. Whoever holds it holds the right, so nobody is signed in here. */
export const linkRoutes = [
  serve(session.inspectLink, async (ctx, { body }) => {
    const link = await findLink(ctx.db, body.token, ctx.now);
    if (link === null) throw problem('access.linkOver');
    return {
      purpose: link.purpose,
      role: link.roleName,
      username: link.username,
      name: link.name,
      expiresAt: link.expiresAt.toISOString(),
    };
  }),

  serveRaw(session.useLink, async (raw, { body }) => {
    const used = await raw.held.writing(nowhere, async (db) => {
      const person = await useLink(db, { ...body, now: raw.now });
      // The act of whose account it is from now on.
      const actor = { userId: person.personId, name: person.name, role: person.role ?? '' };
      await recordAudit(
        db,
        { actor, address: raw.call.address, requestId: raw.call.requestId },
        {
          action: person.action,
          objectType: 'person',
          objectId: person.personId,
          after: { by: 'link', username: person.username, ...(person.role === null ? {} : { role: person.role }) },
        },
      );
      return person;
    });
    return { username: used.username };
  }),
];
