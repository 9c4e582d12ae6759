import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { routes } from '#contract/index.ts';
import type { AnyRoute } from '#contract/route.ts';
import { initialRolePermissions, type RoleKey } from '#domain/access/permissions.ts';
import { withClient } from '#platform/db/owner-client.ts';
import type { BenchCity } from './city.ts';
import { bundleBare } from './requests.ts';
import { fromPairs, type Pair, type Result } from './result.ts';
import { type Ground, type Process, startBare, startProduct } from './serve.ts';

/** What a list must be told before it answers; a list that asks for something and is not here ends the measurement. */
const questions: Readonly<Record<string, (city: BenchCity) => string>> = {
  'files.list': ({ schools }) => `subjectType=filing&subjectId=${schools[0]!.filingId}`,
  'people.places': () => 'level=school&search=示例',
  'rectifications.board': () => 'year=2025',
  'work-plans.find': () => 'search=督导',
};

/** Whose page a list is: the first of these roles that may ask for it. */
const askers = [
  ...(['city-officer', 'county-director', 'county-officer', 'school-head'] as const),
  ...(['system-administrator', 'security-administrator', 'audit-administrator'] as const),
] satisfies RoleKey[];

/** Every list of the product that needs no address of a thing: it comes from the route table, so none can be forgotten. */
export function listsOf(all: readonly AnyRoute[]): AnyRoute[] {
  return all.filter(
    ({ method, path, output }) =>
      method === 'GET' &&
      !path.includes(':') &&
      output instanceof z.ZodObject &&
      output.shape.rows instanceof z.ZodArray,
  );
}

function askerOf({ name, access }: AnyRoute): RoleKey {
  const wanted = typeof access === 'string' ? [access] : access;
  if (wanted.some((one) => one === 'public' || one === 'signed-in')) return 'city-officer';
  const asker = askers.find((role) => wanted.some((one) => initialRolePermissions[role].includes(one as never)));
  if (asker === undefined) throw new Error(`nobody of the measurements may ask for ${name}`);
  return asker;
}

/**
 * The first page of every list, each once a round, against one bare paged query of as many rows with session, scope and
 * total.
 */
export async function measureLists(
  ground: Ground,
  city: BenchCity,
  { rounds }: { readonly rounds: number },
): Promise<Result[]> {
  const cookies = await seatAskers(ground, city);
  const bare = await startBare(ground, await bundleBare());
  const ours = await startProduct(ground);
  const [officer] = city.people;
  try {
    const measured = listsOf(routes).map((route) => {
      const query = questions[route.name]?.(city);
      const path = query === undefined ? route.path : `${route.path}?${query}`;
      return { route, path, cookie: cookies.get(askerOf(route))!, rows: 0, bytes: 0, pairs: [] as Pair[] };
    });
    for (let turn = -2; turn < rounds; turn += 1) {
      for (const one of measured) {
        const mine = () => ask(ours, one.path, one.cookie);
        const plain = () => ask(bare, `/api/bare-rows?rows=${Math.max(1, one.rows)}`, officer!.cookie);
        // The two servers take turns to go first, so that neither always meets the warmer machine.
        const early = turn % 2 === 0 ? await mine() : undefined;
        const beside = await plain();
        const answered = early ?? (await mine());
        Object.assign(one, { rows: answered.rows, bytes: answered.bytes });
        if (turn >= 0) one.pairs.push({ ours: 1000 / answered.milliseconds, limit: 1000 / beside.milliseconds });
      }
    }
    return measured.map(({ route, rows, bytes, pairs }) =>
      fromPairs({ name: `lists ${route.name}`, what: route.summary, goal: 0.6, more: true, unit: '/s' }, pairs, {
        rows,
        bytes,
      }),
    );
  } finally {
    await ours.stop();
    await bare.stop();
  }
}

async function ask({ address }: Process, path: string, cookie: string) {
  const began = performance.now();
  const answer = await fetch(`${address}${path}`, { headers: { cookie } });
  const text = await answer.text();
  const milliseconds = performance.now() - began;
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}: ${text.slice(0, 300)}`);
  return { milliseconds, rows: (JSON.parse(text) as { rows: unknown[] }).rows.length, bytes: text.length };
}

/** A cookie of somebody in each role: people of the city where it has them, else somebody more. */
async function seatAskers(ground: Ground, city: BenchCity): Promise<ReadonlyMap<RoleKey, string>> {
  const cookies = new Map<RoleKey, string>();
  await withClient(ground.ownerUrl, async (client) => {
    for (const [at, role] of askers.entries()) {
      const known = city.people.find((one) => one.role === role);
      if (known !== undefined) {
        cookies.set(role, known.cookie);
        continue;
      }
      const token = `bench-token-of-${role}`;
      const signature = createHmac('sha256', ground.secret).update(token).digest('base64');
      const person = `00000000-0000-7000-b000-${String(at + 1).padStart(12, '0')}`;
      const unit = role === 'county-director' ? city.schools[0]!.countyId : null;
      const school = role === 'school-head' ? city.schools[0]!.id : null;
      await client.query(
        `insert into people (id, also_found_by, name, username, email, password_changed_at, two_factor_enabled)
         values ($1, 'renyuan', $2, $2, $3, now(), true)`,
        [person, role, `${role}@people.invalid`],
      );
      await client.query(
        'insert into grants (id, person_id, role_key, unit_id, school_id) values ($1::uuid, $1::uuid, $2, $3, $4)',
        [...[person, role, unit, school]],
      );
      await client.query(
        `insert into sessions (id, user_id, token, expires_at, last_seen_at)
         values ($1::uuid, $1::uuid, $2, now() + interval '1 day', now())`,
        [person, token],
      );
      cookies.set(role, `dudao.session_token=${encodeURIComponent(`${token}.${signature}`)}`);
    }
  });
  return cookies;
}
