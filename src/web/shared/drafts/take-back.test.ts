import { describe, expect, it } from 'vitest';
import { CellServer, MemoryShelf } from '#test/support/drafts.ts';
import { DraftKeep } from './draft-keep.ts';
import { DraftSender } from './draft-sender.ts';
import { describeAct, leftSentence, leftSentences } from './take-back.ts';

/** The shortest possible waits, so that the real clock serves. */
const clock = {
  now: () => Date.now() * 1000,
  after: (milliseconds: number, act: () => void) => {
    const timer = setTimeout(act, milliseconds / 1000);
    return () => clearTimeout(timer);
  },
};

function desk(server = new CellServer(), shelf = new MemoryShelf(), tab = 'a') {
  const keep = new DraftKeep<number | null>(shelf, 'sheet', 'person', tab);
  const sender = new DraftSender<number | null>(server, keep, clock, null);
  const write = async (part: string, before: number | null, after: number | null) => {
    sender.edit('f1', [{ part, value: after, version: server.of(part).n }], [{ subjectId: 'f1', part, before, after }]);
    await sender.flush('f1');
  };
  return { server, shelf, sender, write };
}

/** No page shows the cell: the server alone decides. */
const unseen = () => undefined;

describe('taking an act back', () => {
  it('writes the value before, and again the value after, also over several own writings of one cell', async () => {
    const { server, sender, write } = desk();
    await write('x', null, 6);
    await write('x', 6, 7);
    expect((await sender.takeBack('undo', unseen))?.taken).toHaveLength(1);
    expect(server.of('x').v).toBe(6);
    await sender.takeBack('undo', unseen);
    expect(server.of('x').v).toBeNull();
    await sender.takeBack('redo', unseen);
    await sender.takeBack('redo', unseen);
    expect(server.of('x').v).toBe(7);
  });

  it("leaves a colleague's newer value, tells both values, asks nothing and offers no redo", async () => {
    const { server, sender, write } = desk();
    await write('x', null, 6);
    server.write('x', 9, '王某');
    const done = await sender.takeBack('undo', unseen);
    expect(server.of('x')).toMatchObject({ v: 9, n: 2 });
    expect(done?.taken).toEqual([]);
    expect(done?.left).toEqual([{ subjectId: 'f1', part: 'x', wrote: 6, now: 9, by: '王某', own: false }]);
    expect(sender.read().draft.subjects).toEqual({});
    expect(await sender.takeBack('redo', unseen)).toBeNull();
    // It was told to the one who asked, and not a second time.
    expect(server.told).toEqual([]);
  });

  it('leaves the same value where a colleague wrote it last', async () => {
    const { server, sender, write } = desk();
    await write('x', null, 6);
    server.write('x', 9, '王某');
    server.write('x', 6, '王某');
    const done = await sender.takeBack('undo', unseen);
    expect(server.of('x')).toMatchObject({ v: 6, n: 3 });
    expect(done?.left.map(({ now }) => now)).toEqual([6]);
  });

  it('names the version of its own act, not one that it learned from a conflict', async () => {
    const { server, sender, write } = desk();
    await write('x', null, 6);
    server.write('x', 9, '王某');
    sender.edit('f1', [{ part: 'x', value: 7, version: 1 }], [{ subjectId: 'f1', part: 'x', before: 6, after: 7 }]);
    await sender.flush('f1');
    sender.resolve('f1', 'x', 'theirs');
    expect((await sender.takeBack('undo', unseen))?.left).toMatchObject([{ wrote: 7, now: 9 }]);
    expect(server.of('x').v).toBe(9);
  });

  it('leaves a value that others wrote before it arrived', async () => {
    const { server, sender } = desk();
    server.write('x', 5, '王某');
    server.write('x', 6, '王某');
    sender.edit('f1', [{ part: 'x', value: 6, version: 0 }], [{ subjectId: 'f1', part: 'x', before: null, after: 6 }]);
    await sender.flush('f1');
    expect((await sender.takeBack('undo', unseen))?.left).toHaveLength(1);
    expect(server.of('x')).toMatchObject({ v: 6, n: 2 });
  });

  it('of a block takes back what is untouched and leaves the rest, and does only that again', async () => {
    const { server, sender } = desk();
    const block = ['x', 'y', 'z'].map((part) => ({ subjectId: 'f1', part, before: null, after: 1 }));
    sender.edit(
      'f1',
      block.map(({ part }) => ({ part, value: 1, version: 0 })),
      block,
    );
    await sender.flush('f1');
    server.write('y', 5, '王某');
    const done = await sender.takeBack('undo', unseen);
    expect(done?.taken.map(({ part }) => part)).toEqual(['x', 'z']);
    expect(['x', 'y', 'z'].map((part) => server.of(part).v)).toEqual([null, 5, null]);
    await sender.takeBack('redo', unseen);
    expect(['x', 'y', 'z'].map((part) => server.of(part).v)).toEqual([1, 5, 1]);
  });

  it('sends nothing where a page already shows the newer value', async () => {
    const { server, sender, write } = desk();
    await write('x', null, 6);
    server.write('x', 9, '王某');
    server.send = () => Promise.reject(new Error('nothing to send'));
    const done = await sender.takeBack('undo', () => ({ value: 9, version: 2 }));
    expect(done?.left).toMatchObject([{ now: 9, wrote: 6 }]);
    expect(sender.read().draft.subjects).toEqual({});
  });

  it('knows over a reload which version was its own', async () => {
    const first = desk();
    await first.write('x', null, 6);
    await first.write('y', null, 2);
    first.server.write('y', 3, '王某');
    first.sender.close();
    const second = desk(first.server, first.shelf, 'b');
    expect((await second.sender.takeBack('undo', unseen))?.left).toHaveLength(1);
    expect((await second.sender.takeBack('undo', unseen))?.taken).toHaveLength(1);
    expect([first.server.of('x').v, first.server.of('y').v]).toEqual([null, 3]);
  });

  it('says that it waits while the server is away, and later gives way to what came in between', async () => {
    const { server, sender, write } = desk();
    await write('x', null, 6);
    server.away = true;
    sender.edit('f1', [{ part: 'y', value: 1, version: 0 }]);
    await sender.flush('f1');
    const done = await sender.takeBack('undo', unseen);
    expect([done?.taken, done?.waiting.length]).toEqual([[], 1]);
    server.write('x', 9, '王某');
    server.away = false;
    await sender.flush('f1');
    expect(server.of('x').v).toBe(9);
    expect(server.of('y').v).toBe(1);
    expect(server.told).toMatchObject([{ part: 'x', now: 9, wrote: 6, by: '王某' }]);
    expect(sender.read().draft.subjects).toEqual({});
  });

  it('takes back the act that a message names, though another one came after it', async () => {
    const { server, sender, write } = desk();
    sender.edit('f1', [{ part: 'x', value: 1, version: 0 }]);
    const act = sender.remember([{ subjectId: 'f1', part: 'x', before: null, after: 1 }]);
    await write('y', null, 2);
    await sender.takeBack('undo', unseen, act!);
    expect([server.of('x').v, server.of('y').v]).toEqual([null, 2]);
    expect(await sender.takeBack('undo', unseen, act!)).toBeNull();
  });
});

it('says what was left and why, at most three times', () => {
  const left = { subjectId: 'f1', part: '图书册数', wrote: 6, now: 9, by: '王某', own: false };
  expect(leftSentence(left, 'undo')).toBe('“图书册数”已由王某改为 9（您填的是 6），没有撤销');
  expect(leftSentence({ ...left, by: null, own: true }, 'redo')).toBe(
    '“图书册数”已由您在另一处改为 9（您撤销后是 6），没有恢复',
  );
  expect(leftSentence({ ...left, now: 6 }, 'undo')).toBe('“图书册数”已由王某再次保存，现为 6，没有撤销');
  expect(leftSentences(Array(5).fill(left), 'undo').at(-1)).toBe('另有 2 格也已改过，没有动');
  expect(describeAct([{ subjectId: 'f1', part: '图书册数', before: 6, after: null }])).toBe('图书册数 6 → 空');
});
