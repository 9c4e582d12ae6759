import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { routes } from '#contract/index.ts';
import type { AnyRoute } from '#contract/route.ts';
import * as tokens from '#contract/session/tokens.ts';
import { openTestApp, Refusal, type TestApp, type TestPerson } from '#test/support/app.ts';
import { cast, type Member, openSession } from '#test/support/cast.ts';

/**
 * Calls every route as every member of the cast through HTTP and compares the answers with `matrix.md`, which is
 * reviewed by hand like code. The calls carry identifiers that lead nowhere: the test only asks whether access is
 * allowed.
 */
let app: TestApp;
/** A token of the county officer, who may do nine things; the token may do one of them. */
let token: string;
beforeAll(async () => {
  app = await openTestApp();
  const body = { name: '只读', permissions: ['filing.read' as const], days: 1 };
  ({ token } = await app.as('countyOfficer').call(tokens.create, { body }));
});
afterAll(() => app.close());

type Column = Member | 'stranger' | 'token';
const columns: readonly Column[] = ['stranger', ...(Object.keys(cast) as Member[]), 'token'];

it('opens each door to exactly those whom the reviewed matrix names', { timeout: 120_000 }, async () => {
  const lines = [`| route | ${columns.map(title).join(' | ')} |`, `|---|${columns.map(() => ':-:').join('|')}|`];
  for (const route of [...routes].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const cells: string[] = [];
    for (const member of columns) cells.push(await knock(route, member));
    const named = route.reach === undefined ? route.name : `${route.name} (reach: ${route.reach})`;
    lines.push(`| ${named} | ${cells.join(' | ')} |`);
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('matrix.md');
});

async function knock(route: AnyRoute, member: Column): Promise<string> {
  const person = await personFor(route, member);
  try {
    await person.call(route, {
      params: nowhereParams(route),
      body: {},
      ...(isUpload(route) ? { file: nothing } : {}),
    } as never);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 401 && error.code === 'session.missing') return '·';
    if (error.status === 403 && closed.includes(error.code)) return '·';
    if (error.status >= 500 || error.code === 'request.tooManyOwn' || error.code === 'access.postNeeded') throw error;
  }
  if (route.method !== 'GET') unspent.delete(member);
  return '✓';
}

/** The refusals of somebody for whom the door is closed, whatever lies behind it. */
const closed = ['access.denied', 'access.reachTooShort', 'access.sessionOnly'];

/** Sessions for acts in which none was let in yet. */
const unspent = new Map<Column, string>();

/** An act that is let in may end the session, so the next act gets another one. */
async function personFor(route: AnyRoute, member: Column): Promise<TestPerson> {
  if (member === 'stranger') return app.stranger;
  if (member === 'token') return app.withToken(token);
  const person = app.as(member);
  if (route.method === 'GET') return person;
  const cookie = unspent.get(member) ?? (await openSession(app.owner, person.personId, app.clock.now));
  unspent.set(member, cookie);
  return app.withCookie(cookie, person.post);
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
const title = (member: Column) => {
  if (member === 'stranger') return 'stranger';
  if (member === 'token') return 'token: filing.read';
  return `${member === 'standIn' ? 'stand-in: county-director' : (cast[member].role ?? 'no role')} ${cast[member].name}`;
};
