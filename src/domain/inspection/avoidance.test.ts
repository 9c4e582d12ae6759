import { describe, expect, it } from 'vitest';
import rules from '../../../reference/inspection/inspector-rules.json' with { type: 'json' };
import { avoidanceOf, type DeclaredRelation, type HeldPost } from './avoidance.ts';
import { readInspectorRules } from './inspector-rules.shape.ts';

const known = readInspectorRules(rules);
const on = '2025-10-15';
const subject = { name: '示例第一小学', unitIds: [], schoolIds: [101, 99] };
const body = { written: '示例第一小学', unitId: null, schoolId: 101 };
const relation = (given: Partial<DeclaredRelation>): DeclaredRelation => ({
  ...{ relative: 'spouse', tie: 'works', body, post: '', note: '', until: null },
  ...given,
});
const post = (given: Partial<HeldPost>): HeldPost => ({
  body,
  post: '教导主任',
  leftOn: null,
  present: false,
  ...given,
});
const told = (posts: readonly HeldPost[], relations: readonly DeclaredRelation[], day = on) =>
  avoidanceOf({ posts, relations }, subject, known, day).map((ground) => `${ground.case} ${ground.effect}`);

describe('《福建省教育督导条例》: the four cases', () => {
  it('a near relative who heads the subject shuts out, also one beyond spouse, parents and children', () => {
    expect(told([], [relation({ relative: 'other', tie: 'heads' })])).toEqual(['head block']);
    expect(told([], [relation({ relative: 'spouse', tie: 'heads' })])).toEqual(['head block']);
  });

  it('spouse, parent or child who works or studies there shuts out; another relative is asked about', () => {
    expect(told([], [relation({ relative: 'child', tie: 'studies' })])).toEqual(['family block']);
    expect(told([], [relation({ relative: 'parent' })])).toEqual(['family block']);
    expect(told([], [relation({ relative: 'other' })])).toEqual(['other ask']);
  });

  it('own staff, and whoever left less than three years ago, is shut out; on the day three years later no more', () => {
    expect(told([post({ present: true })], [])).toEqual(['own block']);
    expect(told([post({ leftOn: '2022-10-16' })], [])).toEqual(['own block']);
    expect(told([post({ leftOn: '2022-10-15' })], [])).toEqual([]);
    expect(told([post({})], [])).toEqual(['own ask']);
  });

  it('anything else is for the inspectorate to decide, with what was declared', () => {
    const [ground] = avoidanceOf(
      { posts: [], relations: [relation({ relative: 'self', tie: 'conflict', note: '承担该校课题' })] },
      subject,
      known,
      on,
    );
    expect(ground).toEqual({
      ...{ case: 'other', effect: 'ask', reason: '本人有利益关系：示例第一小学，承担该校课题' },
      source: '《福建省教育督导条例》（2017年6月1日起施行）',
    });
  });
});

it('a body known by its written name alone is asked about; another one means nothing', () => {
  const written = { ...body, schoolId: null };
  expect(told([post({ body: written, present: true })], [relation({ body: written })])).toEqual([
    'family ask',
    'own ask',
  ]);
  expect(told([post({ body: { ...body, schoolId: 102 }, present: true })], [])).toEqual([]);
  expect(told([], [relation({ body: { ...written, written: '另一所小学' } })])).toEqual([]);
});

it('a school that was merged into the subject counts, a relation that has ended and a day before the rule do not', () => {
  expect(told([], [relation({ body: { ...body, schoolId: 99 } })])).toEqual(['family block']);
  expect(told([], [relation({ until: '2025-10-14' })])).toEqual([]);
  expect(told([], [relation({ until: '2025-10-15' })])).toEqual(['family block']);
  expect(told([], [relation({})], '2017-05-31')).toEqual([]);
});
