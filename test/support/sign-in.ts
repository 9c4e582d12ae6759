import { randomUUID } from 'node:crypto';
import { hashPassword } from '#core/access/auth/auth.ts';
import type { TestApp } from './app.ts';

/** The password of everybody whom `addPerson` adds. */
export const good = 'Quanzhou-2025';
let goodHash: string | undefined;

let serial = 0;

/** A new person with a password and without a role, so that no test sees another's count of failures. */
export async function addPerson(app: TestApp, passwordChangedAt: Date) {
  goodHash ??= await hashPassword(good);
  serial += 1;
  const person = { personId: randomUUID(), username: `person${serial}`, name: `人员${serial}`, serial };
  await app.owner.query(
    `insert into people (id, name, username, email, password_changed_at) values ($1, $2, $3, $3 || '@people.invalid', $4)`,
    [person.personId, person.name, person.username, passwordChangedAt],
  );
  await app.owner.query(
    `insert into accounts (id, user_id, account_id, provider_id, password) select id, id, id::text, 'credential', $2 from people where id = $1`,
    [person.personId, goodHash],
  );
  return person;
}

/** Signs in with a name and a password and returns what the browser would keep. */
export async function signInAs(
  app: TestApp,
  username: string,
  password: string,
  options: { address?: string; origin?: string } = {},
) {
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/session',
    remoteAddress: options.address ?? '10.0.0.1',
    headers: options.origin === undefined ? {} : { origin: options.origin, host: new URL(options.origin).host },
    payload: { username, password },
  });
  const lines = [response.headers['set-cookie'] ?? []].flat();
  return {
    status: response.statusCode,
    body: response.json() as { code?: string; state?: string; message?: string; details?: { attemptsLeft: number } },
    lines,
    cookie: lines.map((line) => line.split(';')[0]).join('; '),
  };
}
