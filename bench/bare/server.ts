import { createHmac, timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import fastify from 'fastify';
import pg from 'pg';

/**
 * The limit that the product is measured against: Fastify and `pg`, the same SQL, one look-up of the session, and
 * nothing else. No row policy, no contract, no roles. It says what the machine and the database can give.
 */
const [databaseUrl = '', secret = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 12 });
const app = fastify();
await app.register(cookie);

const session = `select p.id, p.name, g.unit_id, array(select c.id from org_units c where c.kind = 'county'
    and (c.id = g.unit_id or c.parent_id = g.unit_id)) as counties
  from sessions s join people p on p.id = s.user_id join grants g on g.person_id = p.id and g.revoked_at is null
  where s.token = $1 and s.expires_at > now()`;
const columns = `s.id, s.code, s.name, s.school_type, s.sponsor_code, s.ownership, s.urban_class, s.founded_year,
  s.county_id, c.short_name as county_name, s.managing_unit_id, m.short_name as managing_name, s.status`;
const from = `from schools s join org_units c on c.id = s.county_id join org_units m on m.id = s.managing_unit_id`;
const list = `select ${columns} ${from} where s.county_id = any($1::int[]) and s.status = 'open' order by s.code limit 25 offset $2`;
const count = `select count(*)::int as total from schools s where s.county_id = any($1::int[]) and s.status = 'open'`;
const one = `select ${columns}, s.opened_on, s.closed_on, s.revision, m.contact_name, m.contact_phone ${from}
  where s.id = $1 and s.county_id = any($2::int[])`;
const write = `update filings set cells = cells || $3::jsonb, updated_at = now()
  where id = $1 and county_id = any($2::int[]) and state = 'draft' returning county_id, school_id`;
const audit = `select record_audit($1, $2, null, 'filing.filled', 'filing', $6, $7, null, $8, $3, $4, null, $5, null, null,
  null, null, null, null)`;

async function who(value: string | undefined) {
  const [token = '', signature = ''] = (value ?? '').split('.');
  const wanted = createHmac('sha256', secret).update(token).digest();
  const given = Buffer.from(signature, 'base64');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  return (await pool.query({ name: 'session', text: session, values: [token] })).rows[0];
}

app.get('/api/directory/schools', async (request, reply) => {
  const person = await who(request.cookies['dudao.session_token']);
  if (!person) return reply.code(401).send({ code: 'session.missing' });
  const { page = '1' } = request.query as { page?: string };
  const rows = await pool.query({ name: 'list', text: list, values: [person.counties, (Number(page) - 1) * 25] });
  const total = await pool.query({ name: 'count', text: count, values: [person.counties] });
  return { rows: rows.rows, total: total.rows[0].total };
});

app.get('/api/directory/schools/:id', async (request, reply) => {
  const person = await who(request.cookies['dudao.session_token']);
  if (!person) return reply.code(401).send({ code: 'session.missing' });
  const { id } = request.params as { id: string };
  const found = await pool.query({ name: 'one', text: one, values: [Number(id), person.counties] });
  return found.rows[0] ?? reply.code(404).send({ code: 'thing.notFound' });
});

app.patch('/api/filings/:id/cells', async (request, reply) => {
  const person = await who(request.cookies['dudao.session_token']);
  if (!person) return reply.code(401).send({ code: 'session.missing' });
  const { id } = request.params as { id: string };
  const { changes } = request.body as { changes: Array<{ field: string; value: number; version: number }> };
  const cells = Object.fromEntries(changes.map(({ field, value, version }) => [field, { v: value, n: version + 1 }]));
  const client = await pool.connect();
  try {
    await client.query('begin');
    const values = [id, person.counties, JSON.stringify(cells)];
    const [filing] = (await client.query({ name: 'write', text: write, values })).rows;
    if (filing) {
      const fields = changes.map(({ field }) => field);
      const entry = [filing.county_id, filing.school_id, person.id, person.name, request.ip, id, fields, cells];
      await client.query({ name: 'audit', text: audit, values: entry });
    }
    await client.query('commit');
    return filing ? { cells } : reply.code(404).send({ code: 'thing.notFound' });
  } finally {
    client.release();
  }
});

process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
