import { describe, expect, it } from 'vitest';
import { undoRefusal, withoutUndone } from './undo.ts';

const now = new Date('2026-03-02T02:00:00Z');
const earlier = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const actor = { userId: 'a', post: { grantId: 'p' } } as never;
const last = { action: 'approve', at: earlier(9), personId: 'a', postId: 'p', revision: 4 };
const undone = { what: '“一小”的填报', action: 'approve', title: '批准', last, revision: 4 };

describe('taking an act back', () => {
  it('is for the person who did it, in the same post, within a minute', () => {
    expect(undoRefusal(undone, actor, now)).toBeNull();
    expect(undoRefusal({ ...undone, last: { ...last, at: earlier(60) } }, actor, now)).toBeNull();
    expect(undoRefusal({ ...undone, last: { ...last, at: earlier(61) } }, actor, now)?.message).toBe(
      '“一小”的填报：批准已过一分钟，不能再撤销；仍需改动时，请另行办理。',
    );
    expect(undoRefusal({ ...undone, last: { ...last, personId: 'b' } }, actor, now)?.message).toBe(
      '“一小”的填报：只有刚才办理批准的本人、在同一岗位上才能撤销。',
    );
    expect(undoRefusal({ ...undone, last: { ...last, postId: 'q' } }, actor, now)?.code).toBe('undo.notYours');
  });

  it('is refused where anything came after the act, or the act kept nothing', () => {
    const overtaken = '“一小”的填报：批准之后又有变动，没有撤销；请刷新后核对。';
    expect(undoRefusal({ ...undone, revision: 5 }, actor, now)?.message).toBe(overtaken);
    expect(undoRefusal({ ...undone, last: { ...last, action: 'accept' } }, actor, now)?.message).toBe(overtaken);
    expect(undoRefusal({ ...undone, last: { ...last, revision: null } }, actor, now)?.message).toBe(overtaken);
    expect(undoRefusal({ ...undone, last: undefined }, actor, now)?.message).toBe(overtaken);
  });
});

it('an act that was taken back does not count, the acts before it do', () => {
  const steps = (text: string) => text.split(' ').map((action) => ({ action }));
  const left = (text: string) =>
    withoutUndone(steps(text))
      .map(({ action }) => action)
      .join(' ');
  expect(left('submit approve undo')).toBe('submit');
  expect(left('submit return undo approve')).toBe('submit approve');
  expect(left('submit approve')).toBe('submit approve');
});
