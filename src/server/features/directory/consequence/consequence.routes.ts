import * as schoolChanges from '#contract/directory/changes.ts';
import { serving } from '#core/access/serve.ts';
import { holds } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { findSchools } from '../school-change.store.ts';
import { type ConsequenceHandle, listAccounts, listOpenFilings, listOpenFindings } from './consequence.store.ts';

const on = serving<ConsequenceHandle>();

/** What an act on schools would change, before it is carried out. */
export const consequenceRoutes = [
  on(schoolChanges.schoolConsequences, async (ctx, { params, query }) => {
    const ids = [...new Set([params.schoolId, ...[query.ending ?? []].flat()])];
    const schools = await findSchools(ctx.db, ctx.scope, ids);
    if (schools.length < ids.length) throw problem('thing.notFound', { what: '所学校' });
    const filings = await listOpenFilings(ctx.db, ids);
    const accounts = await listAccounts(ctx.db, ids);
    const findings = await listOpenFindings(ctx.db, ctx.scope.places, ids);
    const named = holds(ctx.actor, 'rectification.read');
    const openOf = (id: number) => {
      const found = findings.find(({ schoolId }) => schoolId === id);
      if (!found) return null;
      return { open: found.open, titles: named ? [...found.titles] : [], managedBy: found.managedBy };
    };
    return {
      schools: schools.map(({ id, name, code, ownership }) => ({
        ...{ id, name, code, ownership },
        filings: filings.flatMap(({ schoolId, ...filing }) => (schoolId === id ? [filing] : [])),
        findings: openOf(id),
        accounts: accounts.flatMap(({ schoolId, ...account }) => (schoolId === id ? [account] : [])),
      })),
    };
  }),
];
