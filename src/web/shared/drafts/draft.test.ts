import { describe, expect, it } from 'vitest';
import {
  abandonTyping,
  adopt,
  batchOf,
  countOf,
  type DraftCell,
  edit,
  emptyDraft,
  settle,
  stateOf,
  type,
} from './draft.ts';
import { acknowledge, refuse, release, resolve } from './draft-reply.ts';
import { emptyUndo, redo, remember, undo } from './draft-undo.ts';

const subject = 'f1';
const one = edit(emptyDraft, subject, [{ part: '图书册数', value: 100, version: 3 }], 1);

describe('draft of a subject', () => {
  it('keeps the version that the person saw, however often the cell changes', () => {
    const twice = edit(one, subject, [{ part: '图书册数', value: 200, version: 9 }], 2);
    expect(batchOf(twice, subject)?.changes).toEqual([{ part: '图书册数', value: 200, version: 3 }]);
  });

  it('sends value and explanation of a cell together, and an explanation alone without a value', () => {
    const both = edit(one, subject, [{ part: '图书册数', explanation: '新增图书馆', version: 3 }], 2);
    expect(batchOf(both, subject)?.changes).toEqual([
      { part: '图书册数', value: 100, explanation: '新增图书馆', version: 3 },
    ]);
    const alone = edit(emptyDraft, subject, [{ part: '图书册数', explanation: '属实', version: 3 }], 2);
    expect(batchOf(alone, subject)?.changes).toEqual([{ part: '图书册数', explanation: '属实', version: 3 }]);
  });

  it('drops the explanation of a value together with the value', () => {
    const said = edit(emptyDraft, subject, [{ part: '图书册数', explanation: '属实', version: 3 }], 2);
    const changed = edit(said, subject, [{ part: '图书册数', value: 120, version: 3 }], 3);
    expect(batchOf(changed, subject)?.changes).toEqual([{ part: '图书册数', value: 120, version: 3 }]);
  });

  it('clears a cell with null, which is a value of its own', () => {
    const cleared = edit(emptyDraft, subject, [{ part: '图书册数', value: null, version: 1 }], 1);
    expect(batchOf(cleared, subject)?.changes).toEqual([{ part: '图书册数', value: null, version: 1 }]);
  });

  it('keeps keystrokes without sending them until they are finished', () => {
    const typing = type(emptyDraft, subject, '图书册数', { text: '12', value: 12 }, 0, 5);
    expect(batchOf(typing, subject)).toBeNull();
    expect(stateOf(typing.subjects[subject]?.图书册数)).toBe('typing');
    expect(batchOf(settle(typing, subject, '图书册数'), subject)?.changes).toEqual([
      { part: '图书册数', value: 12, version: 0 },
    ]);
  });

  it('keeps an explanation while it is written, beside the value', () => {
    const writing = type(one, subject, '图书册数', { explanation: '新增' }, 3, 5);
    expect(batchOf(settle(writing, subject, '图书册数'), subject)?.changes).toEqual([
      { part: '图书册数', value: 100, explanation: '新增', version: 3 },
    ]);
  });

  it('gives up typed text on Esc and leaves what was finished before', () => {
    const typing = type(one, subject, '图书册数', { text: '7', value: 7 }, 3, 5);
    expect(abandonTyping(typing, subject, '图书册数').subjects[subject]?.图书册数?.value).toBe(100);
    const fresh = type(emptyDraft, subject, '图书册数', { text: '7', value: 7 }, 3, 5);
    expect(abandonTyping(fresh, subject, '图书册数').subjects).toEqual({});
  });

  it('drops confirmed values and continues changed ones under the new version', () => {
    const batch = batchOf(one, subject)!;
    const receipt = { versions: { 图书册数: 4 }, conflicts: [] };
    expect(acknowledge(one, subject, batch, receipt).subjects).toEqual({});
    const changed = edit(one, subject, [{ part: '图书册数', value: 300, version: 3 }], 2);
    expect(batchOf(acknowledge(changed, subject, batch, receipt), subject)?.changes).toEqual([
      { part: '图书册数', value: 300, version: 4 },
    ]);
  });

  it('holds a conflict back with both values until the person chooses', () => {
    const batch = batchOf(one, subject)!;
    const conflict = { part: '图书册数', theirs: 90, version: 5, by: '王某', at: null, sentence: '王某已改为 90。' };
    const held = acknowledge(one, subject, batch, { versions: {}, conflicts: [conflict] });
    expect(batchOf(held, subject)).toBeNull();
    expect(countOf(held).conflict).toBe(1);
    expect(batchOf(resolve(held, subject, '图书册数', 'mine'), subject)?.changes).toEqual([
      { part: '图书册数', value: 100, version: 5 },
    ]);
    expect(resolve(held, subject, '图书册数', 'theirs').subjects).toEqual({});
  });

  it('finds the one bad cell of a refused batch and parks only that', () => {
    const parts = ['a', 'b', 'c', 'd'];
    let draft = edit(
      emptyDraft,
      subject,
      parts.map((part) => ({ part, value: 1, version: 0 })),
      1,
    );
    const arrived: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      const batch = batchOf(draft, subject);
      if (!batch) break;
      const sent = batch.changes.map((change) => change.part);
      if (sent.includes('c')) draft = refuse(draft, subject, batch, { sentence: '不能保存。', mayBeOneCell: true });
      else {
        arrived.push(...sent);
        draft = acknowledge(draft, subject, batch, { versions: {}, conflicts: [] });
      }
    }
    expect(arrived.sort()).toEqual(['a', 'b', 'd']);
    expect(draft.subjects[subject]?.c?.refused).toBe('不能保存。');
    expect(batchOf(release(draft, subject), subject)?.changes).toHaveLength(1);
  });

  it('parks everything where the refusal is about the subject', () => {
    const both = edit(one, subject, [{ part: '计算机台数', value: 5, version: 0 }], 2);
    const parked = refuse(both, subject, batchOf(both, subject)!, { sentence: '已锁定。', mayBeOneCell: false });
    expect(countOf(parked, subject).refused).toBe(2);
    expect(batchOf(parked, subject)).toBeNull();
    const again = edit(parked, subject, [{ part: '计算机台数', value: 6, version: 0 }], 3);
    expect(batchOf(again, subject)?.changes).toEqual([{ part: '计算机台数', value: 6, version: 0 }]);
  });

  it('restores the changes of an earlier page, half-typed text included, unless this page is newer', () => {
    const left = type(one, subject, '计算机台数', { text: '8', value: 8 }, 2, 50).subjects[subject]!;
    const adopted = adopt(emptyDraft, subject, left);
    expect(batchOf(adopted, subject)?.changes).toEqual([
      { part: '图书册数', value: 100, version: 3 },
      { part: '计算机台数', value: 8, version: 2 },
    ]);
    const newer = edit(emptyDraft, subject, [{ part: '图书册数', value: 1, version: 4 }], 60);
    expect(adopt(newer, subject, left).subjects[subject]?.图书册数?.value).toBe(1);
  });

  it('restores half-typed text as what the person wrote last: an undo, conflict or refusal before it is over', () => {
    const conflict = { theirs: 90, version: 5, by: '王某', at: null, sentence: '王某已改为 90。' };
    const left = (marks: Partial<DraftCell<number>>) =>
      type(
        { ...one, subjects: { [subject]: { 图书册数: { ...one.subjects[subject]!.图书册数!, ...marks } } } },
        subject,
        '图书册数',
        { text: '8', value: 8 },
        3,
        50,
      ).subjects[subject]!;
    const adopted = (marks: Partial<DraftCell<number>>) => adopt(emptyDraft, subject, left(marks));
    expect(adopted({ back: { wrote: 7 } }).subjects[subject]?.图书册数).not.toHaveProperty('back');
    expect(batchOf(adopted({ refused: '不能保存。' }), subject)?.changes).toMatchObject([{ value: 8, version: 3 }]);
    expect(batchOf(adopted({ conflict }), subject)?.changes).toMatchObject([{ value: 8, version: 5 }]);
    // Without text nothing was decided.
    const waiting = { 图书册数: { ...one.subjects[subject]!.图书册数!, conflict } };
    expect(stateOf(adopt(emptyDraft, subject, waiting).subjects[subject]?.图书册数)).toBe('conflict');
  });

  it('an undo that gives way leaves the text that is typed meanwhile, which then meets the conflict', () => {
    const back = edit(emptyDraft, subject, [{ part: '图书册数', value: 1, version: 3, back: { wrote: 2 } }], 1);
    const batch = batchOf(back, subject)!;
    const typing = type(back, subject, '图书册数', { text: '8', value: 8 }, 3, 5);
    const conflict = { part: '图书册数', theirs: 90, version: 5, by: '王某', at: null, sentence: '王某已改为 90。' };
    const receipt = { versions: { 图书册数: 5 }, conflicts: [conflict] };
    const after = acknowledge(typing, subject, batch, receipt);
    expect(batchOf(after, subject)).toBeNull();
    expect(batchOf(settle(after, subject, '图书册数'), subject)?.changes).toEqual([
      { part: '图书册数', value: 8, version: 3 },
    ]);
    expect(acknowledge(back, subject, batch, receipt).subjects).toEqual({});
  });
});

describe('undo', () => {
  const cell = (before: number, after: number) => ({ subjectId: subject, part: '图书册数', before, after });

  it('takes acts back and does them again, a pasted block as one act', () => {
    const stack = remember(remember(emptyUndo, [cell(1, 2)]), [cell(2, 3), { ...cell(0, 9), part: '计算机台数' }]);
    const back = undo(stack)!;
    expect(back.act.map((each) => each.after)).toEqual([2, 0]);
    const again = redo(back.stack)!;
    expect(again.act.map((each) => each.after)).toEqual([3, 9]);
    expect(again.stack).toEqual(stack);
  });

  it('remembers nothing where nothing changed, and forgets undone acts after a new act', () => {
    expect(remember(emptyUndo, [cell(1, 1)])).toBe(emptyUndo);
    const back = undo(remember(emptyUndo, [cell(1, 2)]))!.stack;
    expect(redo(remember(back, [cell(1, 5)]))).toBeNull();
  });
});
