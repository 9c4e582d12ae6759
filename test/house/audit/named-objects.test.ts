import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as audit from '#contract/audit/audit.ts';
import * as changes from '#contract/directory/changes.ts';
import { allAuditWords, fieldTitle, valueText } from '#contract/kit/acts.words.ts';
import * as people from '#contract/people/people.ts';
import { trackStepTitle } from '#domain/balance-tracking/flow.ts';
import { letterStepTitle } from '#domain/letter/flow.ts';
import { findingStepTitle } from '#domain/rectification/flow.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools } from '#test/support/scenario.ts';
import { features } from '../../../src/server/app/features.ts';
import { auditFeature } from '../../../src/server/features/audit/audit.feature.ts';
import { directoryFeature } from '../../../src/server/features/directory/directory.feature.ts';
import { peopleFeature } from '../../../src/server/features/people/people.feature.ts';
import recorded from './recorded-names.json' with { type: 'json' };

let app: TestApp;
const worded = [directoryFeature, peopleFeature(() => [])];

beforeAll(async () => {
  app = await openTestApp({ features: [...worded, auditFeature(() => worded)] });
  await app.as('cityOfficer').call(changes.renameSchool, {
    params: { schoolId: schools.junior.id },
    body: { revision: 1, day: '2025-09-01', document: '试字1号', name: '晨曦中学' },
  });
  const made = await app.as('systemAdministrator').call(people.create, {
    body: { name: '曾伟', username: 'zengwei', first: 'link' },
  });
  expect(made.personId).toBeTruthy();
});
afterAll(() => app?.close());

const entries = async (query: object) =>
  (await app.as('auditAdministrator').call(audit.list, { query: query as never })).rows.map((row) => [
    row.action,
    row.objectName,
  ]);

describe('the object of an act', () => {
  it('is named: which school, whose account', async () => {
    expect(await entries({ action: 'school.renamed' })).toEqual([['school.renamed', '晨曦中学']]);
    expect(await entries({ action: 'person.created' })).toEqual([['person.created', '曾伟（zengwei）']]);
  });

  it.each(['晨曦', '晨曦 中学', 'chenxi', '示例初级', '３１３５９９９００３'])(
    'the school is found by %s',
    async (object) => {
      expect(await entries({ object })).toEqual([['school.renamed', '晨曦中学']]);
    },
  );

  it.each(['曾伟', 'zengwei', 'ZENG', 'zw'])('the account is found by %s', async (object) => {
    expect(await entries({ object })).toEqual([['person.created', '曾伟（zengwei）']]);
  });

  it('is still found by its id, and nothing else is', async () => {
    const [row] = (await app.as('auditAdministrator').call(audit.list, { query: { object: '曾伟' } })).rows;
    expect(await entries({ object: row!.objectId })).toEqual([['person.created', '曾伟（zengwei）']]);
    expect(await entries({ object: '没有这所学校' })).toEqual([]);
    expect(await entries({ object: '%' })).toEqual([]);
  });
});

it('the exported list says what the screen says, of the rows that the screen lists', async () => {
  const file = await app.as('auditAdministrator').call(audit.download, { query: { object: 'chenxi' } });
  const lines = new TextDecoder().decode(file.body).replace('\ufeff', '').trim().split('\r\n');
  expect(lines[0]).toBe('编号,时间,人员,角色,地址,访问令牌,操作,对象,对象名称,单位,数据项,对象编号,操作代码');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(',学校更名,学校,晨曦中学,鲤城区,');
  expect(lines[1]).not.toContain('countyId');
});

it('a value is told without the signs of a program', async () => {
  const modules = await Promise.all(worded.map((feature) => feature.auditWords!()));
  const words = allAuditWords(modules.map((module) => module.auditWords));
  expect(fieldTitle(words, 'countyId')).toBe('所在单位');
  expect(fieldTitle(words, 'into')).toBe('并入的单位');
  expect(
    valueText(words, 'user_agent', 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Edg/140.0'),
  ).toBe('Windows 电脑，Edge');
  expect(valueText(words, 'after', { name: '甲', phone: null })).toBe('姓名或名称 甲，电话 空');
  expect(valueText(words, 'permissions', ['a', 'b'])).toBe('a、b');
});

describe('an act or a step that any version has recorded', () => {
  it('has its words, also under a name that is no longer written: rows of the audit never change', async () => {
    const modules = await Promise.all(features.map((feature) => feature.auditWords?.()));
    const { acts } = allAuditWords(modules.flatMap((module) => module?.auditWords ?? []));
    expect(recorded.acts.filter((name) => acts[name] === undefined)).toEqual([]);
    // A new act joins the list, so that a later change of its name is seen here.
    expect(Object.keys(acts).filter((name) => !recorded.acts.includes(name))).toEqual([]);
    const titles = { finding: findingStepTitle, letter: letterStepTitle, track: trackStepTitle };
    for (const [subject, title] of Object.entries(titles)) {
      const names = recorded.steps[subject as keyof typeof titles];
      expect(names.filter((name) => title(name) === name)).toEqual([]);
    }
  });
});
