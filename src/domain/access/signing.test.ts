import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { postText, readPostText } from './actor.ts';
import { type SignedStep, signingRefusal } from './signing.ts';

const rule = { returns: ['return', 'reopen'], signs: ['submit', 'approve', 'accept'] };

interface Hand {
  readonly person: string;
  readonly principal: string | null;
  readonly post: string;
}

const step = (action: string, { person, principal, post }: Hand): SignedStep => ({
  action,
  ...{ personId: person, personName: person, principalId: principal, principalName: principal },
  ...{ postId: post, role: `role of ${post}` },
});
const actor = ({ person, principal, post }: Hand) => ({
  userId: person,
  role: `role of ${post}`,
  post: { grantId: post, standInId: principal === null ? null : 'an arrangement' },
  principal: principal === null ? null : { id: principal, name: principal },
});
const refused = (steps: readonly SignedStep[], hand: Hand, action = 'approve') =>
  signingRefusal(steps, actor(hand), action, rule) !== null;

const zhang = { person: '张三', principal: null, post: '张三的县级岗位' };
const head = { person: '张三', principal: null, post: '张三的校长岗位' };
const li = { person: '李四', principal: null, post: '李四的岗位' };
const liForZhang = { person: '李四', principal: '张三', post: '张三的县级岗位' };

describe('one person', () => {
  it.each([
    ['a person in another post', head, zhang, true],
    ['another person', li, zhang, false],
    ['the same post again', zhang, zhang, true],
    ['a stand-in of who signed in another post', head, liForZhang, true],
    ['who signed, as a stand-in of somebody else', li, liForZhang, true],
    ['the principal of whom a stand-in signed in another post', liForZhang, head, true],
    ['a stand-in in the post that signed', zhang, liForZhang, true],
  ] as const)('%s', (_, before, now, expected) => {
    expect(refused([step('submit', before)], now)).toBe(expected);
  });

  it('takes back what was signed in the same post, and judges it in no other', () => {
    expect(refused([step('submit', zhang)], zhang, 'return')).toBe(false);
    expect(refused([step('submit', zhang)], liForZhang, 'return')).toBe(false);
    expect(refused([step('submit', head)], zhang, 'return')).toBe(true);
    expect(refused([step('submit', head), step('approve', li)], zhang, 'reopen')).toBe(true);
    expect(refused([step('submit', head), step('approve', li)], li, 'reopen')).toBe(false);
  });

  it('begins anew where the subject was sent back', () => {
    expect(refused([step('submit', head), step('return', li)], zhang)).toBe(false);
    expect(refused([step('return', li), step('submit', head)], zhang)).toBe(true);
  });

  it('may have typed: only what signs counts', () => {
    expect(refused([step('comment', head)], zhang)).toBe(false);
  });

  it('has the same post if a record without a post names the same role', () => {
    const old = { ...step('submit', head), postId: null };
    expect(refused([old], zhang, 'return')).toBe(true);
    expect(refused([{ ...old, role: `role of ${zhang.post}` }], zhang, 'return')).toBe(false);
  });

  it('never signs twice in a round, whoever stands in for whom', () => {
    // A post has one holder; somebody else at work in it stands in for the holder.
    const people = fc.constantFrom('甲', '乙', '丙', '丁');
    const hand = fc.record({ holder: people, number: fc.integer({ min: 1, max: 2 }), person: people }).map(
      ({ holder, number, person }): Hand => ({
        person,
        principal: person === holder ? null : holder,
        post: `${holder} ${number}`,
      }),
    );
    const acts = fc.array(fc.tuple(fc.constantFrom('submit', 'approve', 'accept', 'return'), hand), { maxLength: 12 });
    fc.assert(
      fc.property(acts, (wanted) => {
        const steps: SignedStep[] = [];
        for (const [action, by] of wanted) if (!refused(steps, by, action)) steps.push(step(action, by));
        const since = steps.slice(steps.findLastIndex((one) => one.action === 'return') + 1);
        const hands = since.flatMap(({ personId, principalId }) =>
          [personId, principalId].filter((one) => one !== null),
        );
        expect(hands).toHaveLength(new Set(hands).size);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the name of a post', () => {
  it('is read as it was written, and nothing else is a name', () => {
    const id = () => fc.uuid();
    fc.assert(
      fc.property(id(), fc.option(id()), (grantId, standInId) => {
        expect(readPostText(postText({ grantId, standInId }))).toEqual({ grantId, standInId });
      }),
    );
    for (const text of ['', '.', 'x', `${'0'.repeat(36)}`, '00000000-0000-4000-8000-000000000000.']) {
      expect(readPostText(text)).toBeUndefined();
    }
  });
});
