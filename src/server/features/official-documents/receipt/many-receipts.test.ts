import { afterAll, beforeAll, expect, it } from 'vitest';
import * as letters from '#contract/official-documents/letters.ts';
import { at, content, LetterScene, ofUnit } from '#test/support/product/letter-scene.ts';
import { units } from '#test/support/scenario.ts';

/** Enough that a statement for each would be seen. */
const many = 300;
let scene: LetterScene;

beforeAll(async () => {
  scene = await LetterScene.open();
  await scene.app.owner.query(
    `insert into schools (county_id, id, initials, opened_on, name, school_type, sponsor_code, ownership, urban_class,
                          managing_unit_id)
     select case when n % 2 = 0 then $1::int else $2::int end, 10000 + n, 'slxx', '2000-09-01', '示例' || n || '号小学', '211', 7,
            'public', 'urban', case when n % 2 = 0 then $1::int else $2::int end
       from generate_series(1, $3::int) n`,
    [units.licheng.id, units.fengze.id, many],
  );
  await scene.app.owner.query(
    'insert into school_places (school_id, county_id) select id, county_id from schools where id > 10000',
  );
});
afterAll(() => scene.app.close());

const schoolsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    unitId: (at + 1) % 2 === 0 ? units.licheng.id : units.fengze.id,
    schoolId: 10_001 + at,
  }));

it('a letter to every school of a city costs as many statements as one to three', async () => {
  const { id: seriesId } = await scene.openSeries('cityOfficer', '泉众');
  const section = scene.as('sectionOfficer');
  /** Statements of each act on a letter to so many schools, and to a county. */
  const counted = async (count: number) => {
    const recipients = [ofUnit(units.licheng.id), ...schoolsOf(count)];
    const counts: Record<string, number> = {};
    const counting = async <Answer>(name: string, act: () => Promise<Answer>) => {
      const before = scene.app.statements.length;
      const answer = await act();
      counts[name] = scene.app.statements.length - before;
      return answer;
    };
    const { params, revision } = await scene.drafted(seriesId, { recipients: [] });
    const body = { ...content, seriesId, recipients, revision } as never;
    await counting('save', () => section.call(letters.save, { params, body }));
    await section.call(letters.submit, at(params, revision + 1));
    await scene.as('cityOfficer').call(letters.check, at(params, revision + 2));
    await scene.signer.call(letters.sign, at(params, revision + 3));
    scene.app.jobs.splice(0);
    await counting('issue', () => scene.issuer.call(letters.issue, at(params, revision + 4)));
    await counting('print', () => scene.app.runJobs());
    const { addressed } = await counting('read', () => scene.as('cityOfficer').call(letters.read, { params }));
    expect(addressed).toHaveLength(recipients.length);
    return counts;
  };
  expect(await counted(many)).toEqual(await counted(2));
}, 60_000);
