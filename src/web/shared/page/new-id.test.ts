import { expect, it } from 'vitest';
import { z } from 'zod';
import { newId } from './new-id.ts';

it('is an id that the routes accept, and another one each time', () => {
  const ids = Array.from({ length: 200 }, newId);
  for (const id of ids) expect(z.uuid({ version: 'v4' }).safeParse(id).success, id).toBe(true);
  expect(new Set(ids).size).toBe(200);
});
