import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { routes } from '#contract/index.ts';
import type { AnyRoute } from '#contract/route.ts';
import { openTestApp, Refusal, type TestApp, type TestPerson } from '../support/app.ts';
import { cast, type Member, openSession } from '../support/cast.ts';

/**
 * Every route × every member of the cast, knocked at through HTTP and compared with `matrix.md`, which is reviewed by
 * hand like code. The knock carries identifiers that lead nowhere: what is asked is only whether the door opens.
 */
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** One per role; two people of one role differ by place, which other tests look at. */
const columns: Array<Member | 'stranger'> = ['stranger', 'roleless'];
const seen = new Set<string | null>([null]);
for (const [member, { role }] of Object.entries(cast)) {
  if (seen.has(role)) continue;
  seen.add(role);
  columns.push(member as Member);
}

it('opens each door to exactly those whom the reviewed matrix names', { timeout: 120_000 }, async () => {
  const lines = [`| route | ${columns.map(title).join(' | ')} |`, `|---|${columns.map(() => ':-:').join('|')}|`];
  for (const route of [...routes].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const cells: string[] = [];
    for (const member of columns) cells.push(await knock(route, member));
    lines.push(`| ${route.name} | ${cells.join(' | ')} |`);
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('matrix.md');
});

async function knock(route: AnyRoute, member: Member | 'stranger'): Promise<string> {
  const person = await personFor(route, member);
  try {
    await person.call(route, {
      params: nowhereParams(route),
      body: {},
      ...(isUpload(route) ? { file: nothing } : {}),
    } as never);
    return '✓';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 401 && error.code === 'session.missing') return '·';
    if (error.status === 403 && error.code === 'access.denied') return '·';
    if (error.status >= 500) throw error;
    return '✓';
  }
}

/** Routes of the session may end it; each such knock gets one of its own. */
async function personFor(route: AnyRoute, member: Member | 'stranger'): Promise<TestPerson> {
  if (member === 'stranger') return app.stranger;
  const person = app.as(member);
  if (route.method === 'GET') return person;
  return app.withCookie(await openSession(app.owner, person.personId, app.clock.now));
}

function nowhereParams(route: AnyRoute): Record<string, string> {
  if (!(route.params instanceof z.ZodObject)) return {};
  return Object.fromEntries(
    Object.entries(route.params.shape).map(([name, schema]) => {
      const candidates = [randomUUID(), '999999', '9999', 'nowhere'];
      return [name, candidates.find((one) => (schema as z.ZodType).safeParse(one).success) ?? 'nowhere'];
    }),
  );
}

const nothing = { name: 'empty.xlsx', size: 0, bytes: new Uint8Array() };
const isUpload = (route: AnyRoute) => route.body !== undefined && 'kind' in route.body && route.body.kind === 'upload';
const title = (member: Member | 'stranger') => (member === 'stranger' ? 'stranger' : (cast[member].role ?? 'no role'));
