import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import * as schoolChanges from '#contract/directory/changes.ts';
import { routes } from '#contract/index.ts';
import { type AnyRoute, type FileToMake, file, route } from '#contract/route.ts';
import * as session from '#contract/session/session.ts';
import { withLease } from '#platform/db/handle.ts';
import { LeaseDesk, leaseLimits } from '#platform/db/lease/lease-desk.ts';
import { job } from '#platform/jobs/port.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { doing } from './feature.ts';
import { thingOf } from './request/claim.ts';
import { permissionsOf } from './request/identify.ts';
import { changesRights, isMarkable, type Services, serve, serveRaw } from './serve.ts';
import { rememberSessions } from './session/session-memory.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [] });
});
afterAll(() => app.close());

const asked = route({
  name: 'x.asked',
  method: 'GET',
  path: '/api/x',
  access: 'filing.read',
  summary: 'x',
  output: z.object({}),
});

/** The reply of a route's endpoint to the county officer. */
const answer = (served: ReturnType<typeof serve>, services: Services = app.services) =>
  served(services).answer({
    ...{ params: {}, query: {}, body: undefined, headers: {}, address: '127.0.0.1', requestId: 'x' },
    gone: new AbortController().signal,
    cookies: Object.fromEntries([app.as('countyOfficer').cookie.split('=').map(decodeURIComponent)]),
    log: { info() {}, warn() {}, error() {} },
  } as never);

it('a handler that never calls authorize is a fault, unless its route says so', async () => {
  await expect(answer(serve(asked, async () => ({})))).rejects.toThrow('without asking authorize');
  await expect(answer(serve({ ...asked, scoped: true }, async () => ({})))).resolves.toEqual({ value: {} });
  const authorised = serve(asked, async (ctx) => {
    ctx.authorize(true);
    return {};
  });
  await expect(answer(authorised)).resolves.toEqual({ value: {} });
});

it('a reach is asked before anything is read of the request, and named in the refusal', async () => {
  const handler = async () => ({});
  await expect(answer(serve({ ...asked, scoped: true, reach: 'unit' }, handler))).resolves.toEqual({ value: {} });
  const refused = answer(
    serve({ ...asked, scoped: true, reach: 'city', query: z.object({ never: z.int() }) }, handler),
  );
  await expect(refused).rejects.toMatchObject({ code: 'access.reachTooShort', details: { reach: '市级岗位' } });
});

it('a file that is slow to make is made when the connection is free', async () => {
  const { pool } = app.services;
  const used = () => pool.totalCount - pool.idleCount;
  const during: number[] = [];
  const served = serve({ ...asked, scoped: true, output: file('text/plain') }, async () => {
    during.push(used());
    const body = async () => {
      during.push(used());
      return new Uint8Array([1]);
    };
    return { fileName: 'x', contentType: 'text/plain', body };
  });
  await ((await answer(served)).value as FileToMake).body();
  expect(during).toEqual([1, 0]);
});

it('a job runs with its own data and its reach, and not with another’s', async () => {
  const ran: object[] = [];
  const counted = job({
    name: 'x.count',
    title: '计数',
    data: z.object({ unit: z.int() }),
    keyOf: ({ unit }) => `unit ${unit}`,
    retries: 1,
  });
  const work = doing(counted, async (_services, data) => void ran.push(data));
  const by = { personId: 'somebody', grantId: 'a post', standInId: null };
  await work.run(app.services, { places: [3], by, unit: 7, more: 'is not asked for' });
  expect(ran).toEqual([{ unit: 7, places: [3] }]);
  expect(work.keyOf?.({ places: [3], unit: 7 })).toBe('unit 7');
  expect(() => work.run(app.services, { places: [3], unit: 'seven' })).toThrow();
  expect(ran).toHaveLength(1);
});

it('a request with slow work before its act, or with several transactions, waits for no turn while it holds one', async () => {
  const { services } = app;
  // One place for everybody: a second lease beside the first would wait until it is refused.
  const narrow = new LeaseDesk(
    Object.assign(Object.create(services.pool), { options: { ...services.pool.options, max: 1 } }),
    { ...leaseLimits, patience: 500 },
  );
  const through = (served: ReturnType<typeof serve>) => answer(() => served({ ...services, desk: narrow }));
  const slow = serve(
    { ...asked, scoped: true },
    async (_ctx, _input, seen: number) => {
      expect(seen).toBe(2);
      return {};
    },
    async (_input, _actor, beforehand) => {
      await beforehand.reading(async () => 1);
      return beforehand.reading(async () => 2);
    },
  );
  await expect(through(slow)).resolves.toEqual({ value: {} });
  const raw = serveRaw({ ...asked, access: 'signed-in' }, async ({ services: { pool } }) => {
    for (let step = 0; step < 2; step += 1) await withLease(pool, (held) => held.query('select 1'));
    return {};
  });
  await expect(through(raw)).resolves.toEqual({ value: {} });
  const both = serveRaw({ ...asked, access: 'signed-in' }, async ({ services: { pool } }) => {
    await withLease(pool, () => withLease(pool, (held) => held.query('select 1')));
    return {};
  });
  await expect(through(both)).rejects.toMatchObject({ code: 'request.busy' });
});

it('whoever waited for a turn is let in again: a right that ended meanwhile is gone', async () => {
  const { services } = app;
  let calls = 0;
  const lookUp: typeof services.lookUp = async (...given) => {
    calls += 1;
    return calls === 1 ? services.lookUp(...given) : null;
  };
  const desk = new LeaseDesk(services.pool);
  const free = await Promise.all(Array.from({ length: 6 }, (_, at) => desk.lease({ who: String(at) })));
  const asking = vi.spyOn(desk, 'lease');
  let served = false;
  const waits = answer(() =>
    serve({ ...asked, scoped: true }, async () => {
      served = true;
      return {};
    })({
      ...services,
      lookUp: (...given) => withLease(services.pool, (held) => lookUp(held, given[1], given[2])),
      desk,
    }),
  );
  const refused = expect(waits).rejects.toMatchObject({ code: 'session.missing' });
  await vi.waitFor(() => expect(asking).toHaveBeenCalled());
  for (const { held } of free) held.release();
  await refused;
  expect([served, calls]).toEqual([false, 2]);
});

it('writes to one filing, school or person are writes to one thing, however its identifier is written', () => {
  const params = Object.fromEntries(
    routes.flatMap(({ path }) => [...path.matchAll(/:(\w+)/g)]).map(([, name = '']) => [name, 'A1']),
  );
  const things = routes.map((one) => thingOf(one, params));
  expect([...new Set(things)].sort()).toEqual([
    '/api/attachments/a1',
    '/api/balance-tracks/a1',
    '/api/balance/counties/a1',
    '/api/balance/standards/a1',
    '/api/campaigns/a1',
    '/api/deliveries/a1',
    '/api/directory/lower-units/a1',
    '/api/directory/schools/a1',
    '/api/directory/units/a1',
    '/api/evaluation-ties/a1',
    '/api/evaluations/a1',
    '/api/evidence/a1',
    '/api/filing-imports/a1',
    '/api/filings/a1',
    '/api/finding-imports/a1',
    '/api/finding-kinds/a1',
    '/api/finding-reproofs/a1',
    '/api/findings/a1',
    '/api/framework-drafts/a1',
    '/api/framework-imports/a1',
    '/api/frameworks/a1',
    '/api/inspector-imports/a1',
    '/api/inspectors/a1',
    '/api/jobs/a1',
    '/api/letter-receipts/a1',
    '/api/letter-series/a1',
    '/api/letters/a1',
    '/api/meetings/a1',
    '/api/own-inspectors/a1',
    '/api/people-imports/a1',
    '/api/people/a1',
    '/api/people/post-sets/a1',
    '/api/people/requests/a1',
    '/api/periods/a1',
    '/api/posts/a1',
    '/api/province-figure-imports/a1',
    '/api/roles/changes/a1',
    '/api/school-imports/a1',
    '/api/sessions/a1',
    '/api/settings/retention/a1',
    '/api/stand-ins/a1',
    '/api/tokens/a1',
    '/api/work-plans/a1',
    undefined,
  ]);
  expect(routes.filter((one) => one.method === 'GET' && thingOf(one, params) !== undefined)).toEqual([]);
});

it('every act on accounts, roles, sessions, settings, units and schools makes remembered sessions forgotten, no other', () => {
  const acts = routes.filter(({ method }) => method !== 'GET');
  const features = (does: boolean) =>
    [...new Set(acts.filter((act) => changesRights(act) === does).map(({ name }) => name.split('.')[0]))].sort();
  expect(features(true)).toEqual([
    'campaigns',
    'directory',
    'jobs',
    'notices',
    'people',
    'posts',
    'roles',
    'session',
    'settings',
    'tokens',
  ]);
  expect(features(false)).toEqual([
    ...[
      'balance',
      'balance-tracking',
      'campaigns',
      'evaluations',
      'files',
      'filings',
      'frameworks',
      'inspectors',
      'meetings',
      'notices',
      'official-documents',
      'periods',
      'rectifications',
    ],
    'work-plans',
  ]);
  expect(routes.filter((one) => one.method === 'GET' && changesRights(one))).toEqual([]);
  const names = (some: typeof acts) => some.map(({ name }) => name).sort();
  // Acts that need no permission change rights, unless they say that they do not.
  expect(names(acts.filter((act) => permissionsOf(act).length === 0 && changesRights(act)))).toEqual([
    ...['posts.endStandIn', 'posts.giveStandIn'],
    ...[
      'session.askMobile',
      'session.changePassword',
      'session.choosePost',
      'session.confirmSecondFactor',
      'session.correct',
      'session.end',
    ],
    ...[
      'session.enrolSecondFactor',
      'session.exportOwn',
      'session.inspectLink',
      'session.passSecondFactor',
      'session.removeSecondFactor',
    ],
    ...['session.signIn', 'session.signOut', 'session.useLink', 'tokens.create', 'tokens.revoke'],
  ]);
  expect(names(acts.filter(({ keepsRights }) => keepsRights))).toEqual([
    ...['files.address', 'files.attach', 'files.detach', 'files.keep', 'files.mark', 'files.preview', 'files.restore'],
    ...['inspectors.declare', 'inspectors.fill', 'inspectors.handOwnPaper', 'inspectors.setOwnPhotograph'],
    ...['notices.askAddress', 'notices.chooseMail', 'notices.confirmAddress', 'notices.read', 'notices.removeAddress'],
  ]);
  expect(names(acts.filter((act) => act.keepsRights && !isMarkable(act)))).toEqual([]);
});

it('an act that keeps rights empties no memory of sessions, and one without the mark does', async () => {
  let lookUps = 0;
  const memory = rememberSessions(
    (...given) => {
      lookUps += 1;
      return app.services.lookUp(...given);
    },
    { reliable: () => true },
  );
  const services = { ...app.services, lookUp: memory.lookUp, forgetSessions: memory.forget };
  const act = route({
    ...{ name: 'x.act', method: 'PUT', path: '/api/x', access: 'signed-in', summary: 'x' },
    output: z.object({}),
  });
  const after = async (given: AnyRoute, how: (one: AnyRoute) => ReturnType<typeof serve>) => {
    await answer(how(given), services);
    lookUps = 0;
    await answer(how(given), services);
    return lookUps;
  };
  const marked: AnyRoute = { ...act, keepsRights: true };
  for (const how of [
    (one: AnyRoute) => serve(one, async () => ({}) as never),
    (one: AnyRoute) => serveRaw(one, async () => ({}) as never),
  ]) {
    expect([await after(marked, how), await after(act, how)]).toEqual([0, 1]);
    // The mark does not cover acts over rights, nor on the own session.
    expect(await after({ ...marked, ownSession: true }, how)).toBe(1);
  }
  expect(changesRights({ ...marked, access: 'people.manage' })).toBe(true);
});

it('a school that moves is in the reach of its new county with the next request, though sessions are remembered', async () => {
  const whole = await openTestApp();
  const memory = rememberSessions(whole.services.lookUp, { reliable: () => true });
  Object.assign(whole.services, { lookUp: memory.lookUp, forgetSessions: memory.forget });
  const placesOf = async () => (await whole.as('head').call(session.read)).unit?.id;
  expect(await placesOf()).toBe(units.licheng.id);
  await whole.as('cityOfficer').call(schoolChanges.moveSchool, {
    params: { schoolId: schools.first.id },
    body: {
      ...{ revision: 1, day: '2025-10-15', countyId: units.fengze.id, managingUnitId: units.fengze.id },
      ...{ sponsorCode: 7, ownership: 'public' },
    },
  });
  expect(await placesOf()).toBe(units.fengze.id);
  await whole.close();
});
