import { randomBytes, scrypt, scryptSync } from 'node:crypto';
import { expect, it } from 'vitest';
import './once-per-password.ts';

const cost = { N: 1024, r: 8, p: 1 };
const keyOf = (password: string, salt: string | Buffer, options = cost) =>
  new Promise<Buffer>((resolve, reject) =>
    scrypt(password, salt, 32, options, (error, key) => (error === null ? resolve(key) : reject(error))),
  );

it('gives the key that scrypt gives, for each password, salt and cost of its own', async () => {
  const salt = randomBytes(16);
  const first = await keyOf('Quanzhou-2025', salt);
  expect(first).toEqual(scryptSync('Quanzhou-2025', salt, 32, cost));
  first.fill(0);
  expect(await keyOf('Quanzhou-2025', salt)).toEqual(scryptSync('Quanzhou-2025', salt, 32, cost));
  expect(await keyOf('Quanzhou-2026', salt)).toEqual(scryptSync('Quanzhou-2026', salt, 32, cost));
  expect(await keyOf('Quanzhou-2025', salt.toString('hex'))).toEqual(
    scryptSync('Quanzhou-2025', salt.toString('hex'), 32, cost),
  );
  expect(await keyOf('Quanzhou-2025', salt, { ...cost, N: 2048 })).toEqual(
    scryptSync('Quanzhou-2025', salt, 32, { ...cost, N: 2048 }),
  );
});

it('hashes a password and salt that were hashed before no second time', async () => {
  const salt = randomBytes(16);
  const slow = { N: 2 ** 14, r: 8, p: 1 };
  await keyOf('Quanzhou-2025', salt, slow);
  const before = process.cpuUsage();
  for (let times = 0; times < 200; times++) await keyOf('Quanzhou-2025', salt, slow);
  const { user, system } = process.cpuUsage(before);
  // Two hundred of them take ten seconds of the processor.
  expect((user + system) / 1e6).toBeLessThan(3);
});
