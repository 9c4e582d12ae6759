import { z } from 'zod';
import { importRoutes } from '#contract/kit/imports.shape.ts';
import { route } from '#contract/route.ts';

const note = z.object({ id: z.uuid(), body: z.string(), state: z.string(), revision: z.number().int() });
const params = z.object({ noteId: z.uuid() });
const [path, access, scoped] = ['/api/notes', 'filing.fill', true] as const;

const made = { name: 'notes.write', method: 'POST', summary: '写一条说明', output: note } as const;
export const write = route({ ...made, path, access, scoped, body: z.object({ body: z.string().min(1).max(2000) }) });
const listed = { name: 'notes.list', method: 'GET', summary: '说明', output: z.array(note) } as const;
export const list = route({ ...listed, path, access: 'filing.read', scoped });
const body = z.object({ revision: z.number().int(), reason: z.string().optional() });
const step = (name: string, summary: string, permission: 'filing.fill' | 'filing.return') => {
  const at = { name: `notes.${name}`, method: 'POST', path: `/api/notes/:noteId/${name}`, summary } as const;
  return route({ ...at, access: [permission, 'filing.return'], params, body, output: note });
};
export const submit = step('submit', '提交说明', 'filing.fill');
export const sendBack = step('return', '退回说明', 'filing.return');
export const approve = step('approve', '批准说明', 'filing.return');
const reminded = { name: 'notes.remind', method: 'POST', summary: '催办说明', access: 'filing.remind' } as const;
const sent = z.object({ sent: z.int() });
export const remind = route({ ...reminded, path: '/api/notes/:noteId/reminder', params, output: sent });
const table = { name: 'notes', path: '/api/note-imports', what: '说明', maxBytes: 1024 * 1024 } as const;
const kept = { fields: z.object({}), changes: z.array(z.string()), taken: z.object({ notes: z.int() }) };
export const noteImport = importRoutes({ ...table, ...kept, access });
