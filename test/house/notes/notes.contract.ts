import { z } from 'zod';
import { route } from '#contract/route.ts';

const note = z.object({ id: z.uuid(), body: z.string(), state: z.string(), revision: z.number().int() });
const params = z.object({ noteId: z.uuid() });
const read = z.object({ revision: z.number().int(), reason: z.string().optional() });
const access = ['filing.fill', 'filing.return'] as const;

export const write = route({
  name: 'notes.write',
  method: 'POST',
  path: '/api/notes',
  access: 'filing.fill',
  scoped: true,
  summary: '写一条说明',
  body: z.object({ body: z.string().trim().min(1).max(2000) }),
  output: note,
});

export const list = route({
  name: 'notes.list',
  method: 'GET',
  path: '/api/notes',
  access: 'filing.read',
  scoped: true,
  summary: '说明',
  output: z.array(note),
});

const step = (act: 'submit' | 'return' | 'approve') =>
  route({
    name: `notes.${act}`,
    method: 'POST',
    path: `/api/notes/:noteId/${act}`,
    access,
    summary: `说明：${act}`,
    params,
    body: read,
    output: note,
  });

export const submit = step('submit');
export const sendBack = step('return');
export const approve = step('approve');

export const remind = route({
  name: 'notes.remind',
  method: 'POST',
  path: '/api/notes/:noteId/reminder',
  access: 'filing.remind',
  summary: '催办',
  params,
  output: z.object({ reminded: z.number().int() }),
});
