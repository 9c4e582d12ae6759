import { createHmac, timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import fastify from 'fastify';
import pg from 'pg';

/**
 * The limit that the product is measured against: Fastify and `pg` with the same SQL, one look-up of the session, and
 * nothing else. It has no row policy, no contract and no roles. It shows what the machine and the database can give.
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
const pageOf = `select ${columns} ${from} where s.county_id = any($1::int[]) and s.status = 'open' order by s.code limit $2`;
const count = `select count(*)::int as total from schools s where s.county_id = any($1::int[]) and s.status = 'open'`;
const one = `select ${columns}, s.opened_on, s.closed_on, s.revision, m.contact_name, m.contact_phone ${from}
  where s.id = $1 and s.county_id = any($2::int[])`;
const filings = `select f.id, f.state, f.revision, f.filled, f.required, f.hard_findings, f.soft_findings, f.changed_fields,
  f.first_submitted_on > greatest(c.deadline, f.deadline_extension) as late, f.submitted_at, f.approved_at,
  f.accepted_at, f.updated_at, f.returned_at, f.deadline_extension,
  f.open_fields, f.managed_by, f.place_id, f.school_id, p.code, p.name, p.school_type, p.ownership, p.urban_class,
  u.name as county_name, c.deadline, c.grace_days, r.reminders, r.last_reminder
  from filings f join collections c on c.id = f.collection_id join org_units u on u.id = f.place_id
  join period_schools p on p.county_id = f.place_id and p.period_id = c.period_id and p.school_id = f.school_id
  left join lateral (select count(*)::int as reminders, max(sent_at) as last_reminder from notices n
    where n.place_id = f.place_id and n.subject_type = 'filing' and n.subject_id = f.id) r on true
  where f.place_id = any($1::int[]) and f.collection_id = 1 and f.owes order by f.name collate "zh-x-icu", f.code limit 25 offset $2`;
const filingCount = `select count(*)::int as total from filings f
  where f.place_id = any($1::int[]) and f.collection_id = 1 and f.owes`;
const write = `update filings set cells = cells || $3::jsonb, updated_at = now()
  where id = $1 and place_id = any($2::int[]) and state = 'draft' returning place_id, school_id`;
const audit = `select record_audit($1, $2, null, 'filing.filled', 'filing', $6, $7, null, $8, $3, $4, null, $5, null, null,
  null, null, null, null)`;
const school = `(select s.name from schools s where s.county_id = f.place_id and s.id = f.school_id)`;
const findings = `select f.id, f.place_id, p.short_name as place_name, f.title, f.kind, k.name as kind_name, f.severity, f.state,
  f.duty_type, f.duty_unit_id, f.duty_person, f.school_id, f.about_school_id, ${school} as school_name,
  coalesce(d.name, ${school}) as duty_name, f.opened_level, f.source_type, f.source_label, f.school_year, f.found_on, f.due_on,
  f.due_provisional, f.state in ('noticed', 'planned', 'reopened') and f.due_on < current_date as overdue, f.report,
  (select min(e.level) from finding_escalations e where e.place_id = f.place_id and e.finding_id = f.id) as raised_to,
  exists (select 1 from finding_extensions e where e.place_id = f.place_id and e.finding_id = f.id
    and e.decided_at is null) as asked,
  f.closed_on, f.parent_id,
  (select count(*)::int from findings c where c.place_id = f.place_id and c.parent_id = f.id) as parts, f.imported, f.revision
  from findings f join org_units p on p.id = f.place_id join finding_kinds k on k.key = f.kind
  left join org_units d on d.id = f.duty_unit_id
  where f.place_id = any($1::int[])
  order by f.state in ('closed', 'cancelled'), f.due_on, f.place_id, f.id limit 25 offset $2`;
const findingCount = `select count(*)::int as total from findings f where f.place_id = any($1::int[])`;
const notice = `update findings set state = 'noticed', noticed_on = current_date, due_on = $3, revision = revision + 1,
    updated_at = now()
  where id = $1 and place_id = any($2::int[]) and state = 'found' and revision = $4
  returning place_id, school_id, state, revision`;
const noticeAudit = `select record_audit($1, $2, null, 'finding.noticed', 'finding', $6, array['state', 'dueOn'], $7, $8, $3,
  $4, null, $5, null, null, null, null, null, null)`;

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

// A page of as many rows as somebody asks for, with scope and total.
app.get('/api/bare-rows', async (request, reply) => {
  const person = await who(request.cookies['dudao.session_token']);
  if (!person) return reply.code(401).send({ code: 'session.missing' });
  const { rows: wanted = '25' } = request.query as { rows?: string };
  const rows = await pool.query({ name: 'rows', text: pageOf, values: [person.counties, Number(wanted)] });
  const total = await pool.query({ name: 'count', text: count, values: [person.counties] });
  return { rows: rows.rows, total: total.rows[0].total };
});

app.get('/api/filings', async (request, reply) => {
  const person = await who(request.cookies['dudao.session_token']);
  if (!person) return reply.code(401).send({ code: 'session.missing' });
  const { page = '1' } = request.query as { page?: string };
  const rows = await pool.query({ name: 'filings', text: filings, values: [person.counties, (Number(page) - 1) * 25] });
  const total = await pool.query({ name: 'filingCount', text: filingCount, values: [person.counties] });
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
      const entry = [filing.place_id, filing.school_id, person.id, person.name, request.ip, id, fields, cells];
      await client.query({ name: 'audit', text: audit, values: entry });
    }
    await client.query('commit');
    return filing ? { cells } : reply.code(404).send({ code: 'thing.notFound' });
  } finally {
    client.release();
  }
});

app.get('/api/findings', async (request, reply) => {
  const person = await who(request.cookies['dudao.session_token']);
  if (!person) return reply.code(401).send({ code: 'session.missing' });
  const { page = '1' } = request.query as { page?: string };
  const rows = await pool.query({
    name: 'findings',
    text: findings,
    values: [person.counties, (Number(page) - 1) * 25],
  });
  const total = await pool.query({ name: 'findingCount', text: findingCount, values: [person.counties] });
  return { rows: rows.rows, total: total.rows[0].total };
});

app.post('/api/findings/:id/notice', async (request, reply) => {
  const person = await who(request.cookies['dudao.session_token']);
  if (!person) return reply.code(401).send({ code: 'session.missing' });
  const { id } = request.params as { id: string };
  const { revision, dueOn } = request.body as { revision: number; dueOn: string };
  const client = await pool.connect();
  try {
    await client.query('begin');
    const [finding] = (
      await client.query({ name: 'notice', text: notice, values: [id, person.counties, dueOn, revision] })
    ).rows;
    if (finding) {
      const change = [
        { state: 'found', dueOn: null },
        { state: 'noticed', dueOn },
      ].map((one) => JSON.stringify(one));
      const entry = [finding.place_id, finding.school_id, person.id, person.name, request.ip, id, ...change];
      await client.query({ name: 'noticeAudit', text: noticeAudit, values: entry });
    }
    await client.query('commit');
    return finding ?? reply.code(404).send({ code: 'thing.notFound' });
  } finally {
    client.release();
  }
});

app.post('/api/letters/:id/issue', async (request, reply) => {
  const person = await who(request.cookies['dudao.session_token']);
  if (!person) return reply.code(401).send({ code: 'session.missing' });
  const client = await pool.connect();
  try {
    await client.query('begin');
    const text = 'update bench_counter set last = last + 1 where id = 1 returning last';
    const { rows } = await client.query({ name: 'counter', text });
    await client.query('commit');
    return { number: rows[0].last };
  } finally {
    client.release();
  }
});

process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
