import { afterAll, beforeAll, expect, it } from 'vitest';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { pause } from '#platform/postgres/running-process.ts';
import type { Member } from '../support/cast.ts';
import { cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import { effort, momentsOf } from '../support/effort.ts';
import { type FaultStage, openFaultStage } from '../support/fault-stage.ts';
import { schools } from '../support/scenario.ts';

/** Findings of one round, all of which are moved at once. */
const batch = 8;
let database: TestDatabase;
let stage: FaultStage;
beforeAll(async () => {
  database = await cloneDatabase();
  stage = await openFaultStage({ schools: 1, database });
}, effort.patience);
afterAll(async () => {
  await stage?.close();
  await database?.drop();
});

const measures = [{ body: '三日内清理通道并划线', responsible: '总务主任', dueOn: '2099-06-30' }];
const { notice, plan, report, check, close } = rectifications;
/** The way of a finding: who does what, and where it stands then. */
const way = [
  { act: notice, by: 'countyOfficer', more: { dueOn: '2099-06-30' }, state: 'noticed', audit: 'finding.noticed' },
  { act: plan, by: 'clerk', more: { measures }, state: 'planned', audit: 'finding.planned' },
  { act: report, by: 'clerk', more: { report: '通道已清理，每日巡查' }, state: 'done', audit: 'finding.reported' },
  { act: check, by: 'countyOfficer', more: {}, state: 'checked', audit: 'finding.checked' },
  { act: close, by: 'countyDirector', more: {}, state: 'closed', audit: 'finding.closed' },
] as const satisfies readonly { by: Member; [key: string]: unknown }[];

const enter = () =>
  stage.as('countyOfficer').call(rectifications.enter, {
    body: {
      ...{ kind: 'safety', title: '消防通道堆放杂物', body: '', foundOn: '2025-10-10' },
      duty: { type: 'school', id: schools.first.id },
    } as never,
  });

interface Standing {
  readonly id: string;
  readonly state: string;
  readonly steps: string[];
  readonly audited: string[];
  readonly measures: number;
  readonly told: number;
}

const standings = (ids: readonly string[]) =>
  stage.owner<Standing>(
    `select f.id, f.state,
       array(select s.to_state from steps s where s.place_id = f.place_id and s.subject_id = f.id
             and s.action <> 'entered' order by s.at, s.id) as steps,
       array(select a.action from audit_events a where a.object_id = f.id::text and a.action <> 'finding.entered'
             order by a.id) as audited,
       (select count(*)::int from finding_measures m where m.finding_id = f.id) as measures,
       (select count(*)::int from notices n where n.subject_id = f.id) as told
     from findings f where f.id = any($1::uuid[])`,
    [ids],
  );

it(
  'a server killed under many steps of the ledger loses none that it acknowledged, and none is half-done',
  async () => {
    const moments = momentsOf('ledger');
    let lost = 0;
    for (let round = 0; round <= effort.kills; round += 1) {
      const ids = await Promise.all(Array.from({ length: batch }, async () => (await enter()).id));
      const acknowledged = new Map(ids.map((id) => [id, 0]));
      let killed = false;
      const moveAll = Promise.all(
        ids.map(async (findingId) => {
          for (const [index, { act, by, more }] of way.entries()) {
            const body = { revision: index + 1, ...more } as never;
            const { status } = await stage.as(by).ask(act, { params: { findingId }, body });
            if (status !== 200) {
              lost += 1;
              expect(killed).toBe(true);
              return;
            }
            acknowledged.set(findingId, index + 1);
          }
        }),
      );
      // The first acts of a process are slow; by then some findings stand at each place of their way.
      const until = moments.integer(0, batch * way.length - 1);
      const sum = () => [...acknowledged.values()].reduce((all, one) => all + one, 0);
      await expect.poll(sum, { interval: 2, timeout: effort.patience }).toBeGreaterThanOrEqual(until);
      await pause(moments.between(0, 15));
      killed = true;
      await stage.product.kill();
      await moveAll;
      await stage.restart();

      for (const found of await standings(ids)) {
        const done = way.findIndex(({ state }) => state === found.state) + 1;
        const told = acknowledged.get(found.id) ?? 0;
        // An act whose answer was cut off may have been written.
        expect([told, told + 1]).toContain(done);
        const gone = way.slice(0, done);
        expect(found).toEqual({
          ...found,
          state: done === 0 ? 'found' : gone.at(-1)?.state,
          steps: gone.map(({ state }) => state),
          audited: gone.map(({ audit }) => audit),
          measures: done >= 2 ? 1 : 0,
          told: done >= 1 ? 1 : 0,
        });
      }
    }
    expect(lost).toBeGreaterThan(0);
  },
  effort.patience,
);
