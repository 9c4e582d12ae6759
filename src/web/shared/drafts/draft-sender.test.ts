import { describe, expect, it } from 'vitest';
import { MemoryShelf } from '#test/support/drafts.ts';
import { countUnsent, listUnsent, wipeLocalCopies } from '#web/shared/session/local-copies.ts';
import { countOf } from './draft.ts';
import { DraftKeep } from './draft-keep.ts';
import type { DraftClock, DraftPost } from './draft-post.ts';
import { DraftSender } from './draft-sender.ts';

/** A clock that moves only when the test moves it. */
class Time implements DraftClock {
  #now = 0;
  #timers: Array<{ at: number; act: () => void }> = [];
  now() {
    return this.#now;
  }
  after(milliseconds: number, act: () => void) {
    const timer = { at: this.#now + milliseconds, act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }
  async pass(milliseconds: number) {
    const end = this.#now + milliseconds;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.act();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

const settled = () => new Promise<void>((done) => setImmediate(done));

/** A server that can be unreachable, and remembers what arrived and when. */
class Server implements DraftPost<number> {
  readonly batches: Array<{ subjectId: string; at: number; parts: string[]; post: string | null }> = [];
  readonly #time: Time;
  away = false;
  /** Milliseconds that the server asks callers to wait while it is away. */
  retryAfter: number | null = null;
  refuses: string | null = null;
  constructor(time: Time) {
    this.#time = time;
  }
  async send(subjectId: string, changes: ReadonlyArray<{ part: string; version: number }>, post: string | null) {
    this.batches.push({ subjectId, at: this.#time.now(), parts: changes.map((change) => change.part), post });
    if (this.away) throw { message: '连接不上服务器。', temporary: true, kind: 'fault', retryAfter: this.retryAfter };
    if (this.refuses) throw { message: this.refuses, temporary: false, kind: 'conflict' };
    return {
      versions: Object.fromEntries(changes.map((change) => [change.part, change.version + 1])),
      conflicts: [],
      show: async () => {},
    };
  }
  refusalOf(error: unknown) {
    return error as { message: string; temporary: boolean; kind: string; retryAfter: number | null };
  }
  leftAlone() {}
}

function desk(shelf = new MemoryShelf(), tab = 'a', time = new Time(), post = 'clerk') {
  const server = new Server(time);
  return {
    shelf,
    time,
    server,
    sender: new DraftSender(server, new DraftKeep<number>(shelf, 'sheet', 'person', tab), time, post),
  };
}

describe('sending drafts', () => {
  it('gathers changes and starts at most one request a second per subject', async () => {
    const { sender, server, time } = desk();
    for (let step = 0; step < 30; step += 1) {
      sender.edit('f1', [{ part: `x${step}`, value: step, version: 0 }]);
      sender.edit('f2', [{ part: `x${step}`, value: step, version: 0 }]);
      await time.pass(100);
    }
    await time.pass(3000);
    for (const subjectId of ['f1', 'f2']) {
      const starts = server.batches.filter((batch) => batch.subjectId === subjectId).map((batch) => batch.at);
      expect(starts.length).toBeGreaterThan(1);
      for (const [index, at] of starts.slice(1).entries()) expect(at - starts[index]!).toBeGreaterThanOrEqual(1000);
    }
    expect(new Set(server.batches.filter((b) => b.subjectId === 'f1').flatMap((b) => b.parts)).size).toBe(30);
    expect(countOf(sender.read().draft)).toEqual({ typing: 0, waiting: 0, conflict: 0, refused: 0 });
    expect(sender.read().confirmed.f1?.size).toBe(30);
  });

  it('finishes typed text after a pause and not before', async () => {
    const { sender, server, time } = desk();
    for (const text of ['1', '12', '123']) {
      sender.type('f1', '图书册数', { text, value: Number(text) }, 0);
      await time.pass(1500);
    }
    expect(server.batches).toHaveLength(0);
    await time.pass(2000);
    expect(server.batches).toHaveLength(1);
  });

  it('undoes text finished by a pause like any finished change', async () => {
    const { sender, time } = desk();
    sender.type('f1', 'x', { text: '5', value: 5, before: 3 }, 0);
    await time.pass(3000);
    const back = sender.takeBack('undo', () => undefined);
    await time.pass(3000);
    expect((await back)?.taken).toEqual([{ subjectId: 'f1', part: 'x', before: 5, after: 3 }]);
    expect(await sender.takeBack('undo', () => undefined)).toBeNull();
  });

  it('keeps and retries while the server is away, and says so', async () => {
    const { sender, server, time } = desk();
    server.away = true;
    sender.edit('f1', [{ part: 'x', value: 1, version: 0 }]);
    await time.pass(20_000);
    expect(sender.read().trouble).toBe('连接不上服务器。');
    expect(countOf(sender.read().draft).waiting).toBe(1);
    server.away = false;
    sender.tryNow();
    await time.pass(200);
    expect(sender.read().trouble).toBeNull();
    expect(countOf(sender.read().draft).waiting).toBe(0);
  });

  it('tries again no sooner than the server asks', async () => {
    const { sender, server, time } = desk();
    server.away = true;
    server.retryAfter = 9000;
    sender.edit('f1', [{ part: 'x', value: 1, version: 0 }]);
    await time.pass(20_000);
    const [first = 0, second = 0, third = 0] = server.batches.map(({ at }) => at);
    expect([second - first, third - second]).toEqual([9000, 9000]);
    expect(server.batches).toHaveLength(3);
  });

  it('names the post of its changes with every batch, also when it tries again', async () => {
    const { sender, server, time } = desk(undefined, 'a', undefined, 'as-clerk');
    server.away = true;
    sender.edit('f1', [{ part: 'x', value: 1, version: 0 }]);
    await time.pass(5000);
    expect(server.batches.length).toBeGreaterThan(1);
    expect(new Set(server.batches.map((batch) => batch.post))).toEqual(new Set(['as-clerk']));
  });

  it('sets refused changes aside and does not send them again', async () => {
    const { sender, server, time } = desk();
    server.refuses = '这份填报已提交，不能再改。';
    sender.edit('f1', [{ part: 'x', value: 1, version: 0 }]);
    await time.pass(60_000);
    expect(server.batches).toHaveLength(1);
    expect(sender.read().draft.subjects.f1?.x?.refused).toBe('这份填报已提交，不能再改。');
    expect(await sender.flush('f1')).toBe(false);
  });

  it('survives a reload: the next page of the same person sends what was left', async () => {
    const first = desk();
    first.server.away = true;
    first.sender.edit('f1', [{ part: 'x', value: 1, version: 2 }]);
    first.sender.type('f1', 'y', { text: '34', value: 34 }, 0);
    first.sender.close();
    const second = desk(first.shelf, 'b');
    await second.time.pass(5000);
    expect(second.server.batches.flatMap((batch) => batch.parts).sort()).toEqual(['x', 'y']);
    expect(first.shelf.length).toBe(0);
  });

  it('survives the end of a session, and does not show one person the copies of another', async () => {
    const { shelf, sender } = desk();
    sender.edit('f1', [{ part: 'x', value: 1, version: 2 }]);
    sender.remember([{ subjectId: 'f1', part: 'x', before: 0, after: 1 }]);
    shelf.setItem('dudao.local.other', 'a page');
    sender.close();
    wipeLocalCopies(shelf);
    // Only the change is left: neither how it is undone nor anything of another page.
    expect([shelf.length, shelf.key(0)]).toEqual([1, 'dudao.local.draft.sheet.person.f1.a']);
    const other = new DraftSender(
      new Server(new Time()),
      new DraftKeep<number>(shelf, 'sheet', 'other', 'c'),
      new Time(),
      null,
    );
    expect(other.read().draft.subjects).toEqual({});
    expect(listUnsent(shelf, 'other')).toEqual([]);
    expect(countUnsent(listUnsent(shelf, 'person'))).toBe(1);
    const again = desk(shelf, 'd');
    await again.time.pass(5000);
    expect(again.server.batches.flatMap((batch) => batch.parts)).toEqual(['x']);
    expect(shelf.length).toBe(0);
  });

  it('keeps nothing of what is given up, not even when its request fails afterwards', async () => {
    const { shelf, sender, server, time } = desk();
    let fail = (_: unknown) => {};
    server.send = () => new Promise((_, reject) => (fail = reject));
    sender.edit('f1', [{ part: 'x', value: 1, version: 2 }], [{ subjectId: 'f1', part: 'x', before: 0, after: 1 }]);
    await time.pass(200);
    expect(sender.read().sending.size).toBe(1);
    sender.drop();
    fail({ message: '连接不上服务器。', temporary: true, kind: 'fault' });
    await time.pass(60_000);
    expect(shelf.length).toBe(0);
    sender.edit('f1', [{ part: 'x', value: 3, version: 2 }]);
    expect(shelf.length).toBe(1);
  });

  it('takes the answer of what was given up for nothing that was typed afterwards', async () => {
    const { sender, server, time } = desk();
    let answer = (_: Awaited<ReturnType<Server['send']>>) => {};
    server.send = () => new Promise((done) => (answer = done));
    sender.edit('f1', [{ part: 'x', value: 1, version: 2 }]);
    await time.pass(200);
    sender.drop();
    sender.edit('f1', [{ part: 'x', value: 3, version: 2 }]);
    answer({ versions: { x: 3 }, conflicts: [], show: async () => {} });
    await time.pass(0);
    expect(sender.read().draft.subjects.f1?.x).toMatchObject({ value: 3, version: 3 });
  });

  it('says so when the browser keeps no copy', () => {
    const { shelf, sender } = desk();
    shelf.room = 1;
    sender.edit('f1', [{ part: 'x', value: 1, version: 2 }]);
    sender.edit('f2', [{ part: 'x', value: 1, version: 2 }]);
    expect([...sender.read().unkept]).toEqual(['f2']);
    // Another subject that is stored does not hide the one that is not; and room that comes is used.
    sender.edit('f1', [{ part: 'x', value: 2, version: 2 }]);
    expect([...sender.read().unkept]).toEqual(['f2']);
    shelf.room = 2;
    sender.edit('f1', [{ part: 'x', value: 3, version: 2 }]);
    expect([...sender.read().unkept]).toEqual([]);
    expect(shelf.length).toBe(2);
    expect(countOf(sender.read().draft).waiting).toBe(2);
  });

  it('flushes at once before submitting', async () => {
    const { sender, time } = desk();
    sender.type('f1', 'x', { text: '5', value: 5 }, 0);
    const flushed = sender.flush('f1');
    await time.pass(300);
    expect(await flushed).toBe(true);
  });

  it('uses the version that the server confirmed although the page still shows the older one', async () => {
    const { sender, time } = desk();
    sender.edit('f1', [{ part: 'x', value: 1, version: 0 }]);
    await time.pass(500);
    sender.edit('f1', [{ part: 'x', value: 2, version: 0 }]);
    expect(sender.read().draft.subjects.f1?.x?.version).toBe(1);
  });
});
