import * as home from '#contract/home/home.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { openTestApp, type TestApp } from '../app.ts';
import type { Member } from '../cast.ts';
import { schools } from '../scenario.ts';

export const ofSchool = (id: number) => ({ type: 'school' as const, id });
export const newFinding = {
  ...{ kind: 'safety', title: '消防通道堆放杂物', body: '教学楼东侧通道不畅', foundOn: '2025-10-10' },
  duty: ofSchool(schools.first.id),
};
export const measures = [{ body: '三日内清理通道并划线', responsible: '总务主任', dueOn: '2025-10-20' }];
export const report = '通道已清理，划线完成，每日巡查';

/** A ledger without findings, and what its people do with one. The acts need nothing but the app, and may be taken apart. */
export interface LedgerScene {
  readonly app: TestApp;
  as(member: Member): ReturnType<TestApp['as']>;
  enter(member: Member, more?: object): Promise<{ readonly id: string; readonly revision: number }>;
  read(member: Member, findingId: string): ReturnType<typeof readAs>;
  /** What an act on the finding sends: its id, its present revision, and more. */
  at(id: string, body?: object): Promise<{ params: { findingId: string }; body: never }>;
  /** From the notice to the report of the school. */
  done(id: string): Promise<void>;
  /** To the end. */
  closed(id: string): Promise<void>;
  idsOf(member: Member, query: object): Promise<string[]>;
  /** The lines of the ledger on the home page of a person: `plan 1`. */
  waiting(member: Member): Promise<string[]>;
}

const readAs = (app: TestApp, member: Member, findingId: string) =>
  app.as(member).call(rectifications.read, { params: { findingId } });

export async function openLedgerScene(): Promise<LedgerScene> {
  const app = await openTestApp();
  const as = (member: Member) => app.as(member);
  const read = (member: Member, findingId: string) => readAs(app, member, findingId);
  const at: LedgerScene['at'] = async (id, body = {}) => ({
    params: { findingId: id },
    body: { revision: (await read('cityOfficer', id)).revision, ...body } as never,
  });
  const done = async (id: string) => {
    await as('countyOfficer').call(rectifications.notice, await at(id));
    await as('head').call(rectifications.plan, await at(id, { measures }));
    await as('head').call(rectifications.report, await at(id, { report }));
  };
  return {
    ...{ app, as, read, at, done },
    enter: (member, more = {}) => as(member).call(rectifications.enter, { body: { ...newFinding, ...more } }),
    async closed(id) {
      await done(id);
      await as('countyOfficer').call(rectifications.check, await at(id));
      await as('countyDirector').call(rectifications.close, await at(id));
    },
    async idsOf(member, query) {
      const { rows } = await as(member).call(rectifications.list, { query: { pageSize: 100, ...query } as never });
      return rows.map((row) => row.id);
    },
    async waiting(member) {
      const { work } = await as(member).call(home.overview);
      return work.flatMap(({ kind, count }) =>
        kind.startsWith('rectifications.') ? [`${kind.slice('rectifications.'.length)} ${count}`] : [],
      );
    },
  };
}
