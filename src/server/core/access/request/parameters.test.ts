import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routes } from '#contract/index.ts';
import { route } from '#contract/route.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { addPerson, good } from '#test/support/sign-in.ts';
import { serve } from '../serve.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** The objects in a part of a request that would keep a field which the contract does not name. */
function loose(schema: z.ZodType, where: string): string[] {
  const walk = (one: Schema, at: string): string[] => {
    const parts = [...(one.anyOf ?? []), ...(one.oneOf ?? []), ...(one.allOf ?? []), ...(one.items ? [one.items] : [])];
    const inner = Object.entries(one.properties ?? {}).flatMap(([name, part]) => walk(part, `${at}.${name}`));
    const open = one.type === 'object' && one.additionalProperties !== false ? [at] : [];
    return [...open, ...inner, ...parts.flatMap((part) => walk(part, at))];
  };
  return walk(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Schema, where);
}

describe('a request', () => {
  it('hands on the fields that the contract names, and no other', () => {
    const parts = routes.flatMap(({ name, params, query, body }) => {
      const fields = body !== undefined && 'kind' in body ? body.fields : body;
      return [params, query, fields].flatMap((schema) => (schema === undefined ? [] : loose(schema, name)));
    });
    expect(parts).toEqual([]);
    expect(loose(z.object({ a: z.looseObject({ b: z.int() }) }), 'x')).toEqual(['x.a']);
  });

  it('that names one thing twice is refused, and neither of the two is taken', async () => {
    const headers = { cookie: app.as('countyOfficer').cookie };
    const answer = await app.http.inject({ url: '/api/filings?year=2024&year=2025', headers });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.invalid']);
    expect(answer.json().details.issues).toMatchObject([{ path: 'year' }]);
  });

  it('has each part from its own place: the address does not fill the body', async () => {
    const url = '/api/periods?year=2030&opensOn=2030-09-01&dueOn=2030-10-01';
    const headers = { cookie: app.as('cityOfficer').cookie };
    const answer = await app.http.inject({ method: 'POST', url, headers, payload: {} });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.invalid']);
  });

  it('that a page of another site could send without asking is no sign-in', async () => {
    const { username } = await addPerson(app, new Date());
    const text = JSON.stringify({ username, password: good });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b']) {
      const headers = { 'content-type': type, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      const answer = await app.http.inject({ method: 'POST', url: '/api/session', headers, payload: text });
      expect([answer.statusCode >= 400 && answer.statusCode < 500, answer.headers['set-cookie']]).toEqual([
        true,
        undefined,
      ]);
    }
  });
});

it('a question changes nothing: the database refuses its handler a write', async () => {
  const asked = route({
    ...{ name: 'x.asked', method: 'GET', path: '/api/x', access: 'filing.read', summary: 'x', scoped: true },
    output: z.object({}),
  });
  const served = serve(asked, async ({ db }) => {
    await db.updateTable('settings').set({ updated_at: new Date() }).where('key', '=', 'access').execute();
    return {};
  });
  const answer = served(app.services).answer({
    ...{ params: {}, query: {}, body: undefined, headers: {}, address: '127.0.0.1', requestId: 'x' },
    cookies: Object.fromEntries([app.as('countyOfficer').cookie.split('=').map(decodeURIComponent)]),
    log: { info() {}, warn() {}, error() {} },
    gone: new AbortController().signal,
  } as never);
  await expect(answer).rejects.toMatchObject({ code: '25006' });
});
