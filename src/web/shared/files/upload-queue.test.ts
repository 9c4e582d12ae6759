import { afterEach, expect, it, vi } from 'vitest';
import { ofMinors } from '#domain/file/marked-file.ts';
import { type UploadMark, UploadNotes } from './upload-note.ts';
import { subjectKey, UploadQueue } from './upload-queue.ts';

/** An upload that is through at once. */
vi.mock('tus-js-client', () => ({
  DetailedError: class extends Error {},
  Upload: class {
    readonly #options: { readonly onSuccess: () => void };
    constructor(_file: File, options: { readonly onSuccess: () => void }) {
      this.#options = options;
    }
    start() {
      asked.push('start');
      this.#options.onSuccess();
    }
  },
}));

/** What was asked of the server, in order: the upload itself, and how far it is. */
const asked: string[] = [];

afterEach(() => {
  asked.length = 0;
  vi.unstubAllGlobals();
});

class Shelf {
  readonly #kept = new Map<string, string>();
  get length() {
    return this.#kept.size;
  }
  key = (at: number) => [...this.#kept.keys()][at] ?? null;
  getItem = (key: string) => this.#kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.#kept.set(key, value);
  removeItem = (key: string) => void this.#kept.delete(key);
}

const target = { subjectType: 'filing', subjectId: '0199e000-0000-7000-8000-000000000001', part: null };
const mark: UploadMark = { sensitive: ofMinors, purpose: '核实活动开展', keepUntil: '2027-03-02', openers: 'judges' };
const film = () => new File(['x'], '活动.mp4', { lastModified: 1 });

/** Sends by this act, and returns what was attached. */
async function attachedBy(act: (queue: UploadQueue, notes: UploadNotes) => void) {
  const bodies: unknown[] = [];
  vi.stubGlobal('sessionStorage', new Shelf());
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
    if (String(address).includes('/api/uploads/')) asked.push('read');
    if (!String(address).endsWith('/api/attachments')) return Promise.resolve(Response.json(upload));
    bodies.push(JSON.parse(String(init.body)));
    return Promise.resolve(Response.json({ id: target.subjectId, added: true }));
  });
  const notes = new UploadNotes(new Shelf(), 'person', null);
  await new Promise<void>((done) => act(new UploadQueue(target, notes, done), notes));
  return bodies;
}
const upload = { id: target.subjectId, name: '活动.mp4', size: 1, received: 1, state: 'whole', fault: null };

it('attaches a file with the mark and the purpose under which it was chosen, and others without', async () => {
  expect(await attachedBy((queue) => queue.add([film()], mark))).toEqual([expect.objectContaining(mark)]);
  const [plain] = await attachedBy((queue) => queue.add([film()]));
  expect(plain).not.toHaveProperty('sensitive');
});

it('asks how far an upload is where the server can know it, and not before it has begun', async () => {
  await attachedBy((queue) => queue.add([film()]));
  expect(asked).toEqual(['start', 'read']);
  asked.length = 0;
  await attachedBy((queue) => queue.goOn(target.subjectId, film(), null));
  expect(asked).toEqual(['read', 'start', 'read']);
});

it('keeps the mark for whoever goes on after the page was loaded anew', async () => {
  const bodies = await attachedBy((queue, notes) => {
    const [id] = [target.subjectId];
    notes.keep(id, { name: '活动.mp4', size: 1, lastModified: 1, subject: subjectKey(target), mark });
    queue.goOn(id, film(), notes.of(subjectKey(target)).get(id)!.mark);
  });
  expect(bodies).toEqual([expect.objectContaining(mark)]);
});
