import { expect, it } from 'vitest';
import { type Course, entriesOf } from './timeline.shape.ts';

const at = new Date('2025-10-15T02:00:00.123Z');
const clerk = { personId: 'p', actorName: '一小填报员', actorRole: 'school-clerk' };

const save = (id: number, before: number, after: number): Course['writings'][number] => ({
  ...{ ...clerk, id, at, action: 'filing.filled', fields: ['图书册数'] },
  ...{ before: { 图书册数: { v: before } }, after: { 图书册数: { v: after } } },
});

const course: Course = {
  steps: [
    {
      ...{ id: 's', at, action: 'submit', from: 'draft', to: 'submitted', reason: null, parts: null },
      ...{ actorName: '一小校长', actorRole: 'school-head' },
      signed: {
        ...{ action: 'submit', personId: 'h', personName: '一小校长', principalId: null, principalName: null },
        ...{ postId: null, role: 'school-head' },
      },
    },
  ],
  comments: [
    {
      ...{ id: 'c', at, part: '图书册数', body: '请核对台账', resolvedAt: at },
      ...{ authorName: '鲤城督导', authorLevel: 'county' },
    },
  ],
  notices: [],
  // As the audit gives them: newest first.
  writings: [
    {
      ...{ ...clerk, id: 9, at, action: 'filing.commentResolved', fields: ['图书册数'] },
      ...{ before: null, after: { comment: 'c' } },
    },
    save(8, 15_100, 15_200),
    save(7, 15_000, 15_100),
  ],
};

it('within one millisecond, what was written comes in the order of its numbers, after what was said, and the step comes last', () => {
  const entries = entriesOf(course);
  expect(entries.map(({ title }) => title)).toEqual(['批注', '填写', '批注已处理', '提交']);
  expect(entries[1]).toMatchObject({ saves: 2, changes: [{ before: 15_000, after: 15_200 }] });
});
