import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import * as letters from '#contract/official-documents/letters.ts';
import type { TestPerson } from '#test/support/app.ts';
import { at, content, LetterScene, ofUnit } from '#test/support/product/letter-scene.ts';
import { units } from '#test/support/scenario.ts';

let scene: LetterScene;

beforeAll(async () => {
  scene = await LetterScene.open();
});
afterAll(() => scene.app.close());

/** The ways on which this person reads the letter. */
async function ways(person: TestPerson, letterId: string): Promise<string[]> {
  const params = { letterId };
  const asked = { query: { subjectType: 'letter', subjectId: letterId } };
  const { rows } = await person.call(letters.list, { query: { search: '限阅', pageSize: 100 } });
  const tried = [
    ['list', rows.some(({ id }) => id === letterId)],
    ['page', await succeeds(person.call(letters.read, { params }))],
    ['PDF', await succeeds(person.call(letters.pdf, { params }))],
    ['Word', await succeeds(person.call(letters.word, { params }))],
    ['files', await succeeds(person.call(files.list, asked))],
  ] as const;
  return tried.flatMap(([way, isOpen]) => (isOpen ? [way] : []));
}

/** Whether the way is open; a closed one says nothing of the letter. */
const succeeds = (call: Promise<unknown>) =>
  call.then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'thing.notFound' });
      return false;
    },
  );

const all = ['list', 'page', 'PDF', 'Word', 'files'];
const few = { restricted: true, title: '关于限阅事项的通知' };

describe('a letter for few', () => {
  it('is read by its writer and by whoever may sign, and by others of the office only once they may number it', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉限');
    const by = scene.as('cityOfficer');
    const { params, revision } = await scene.drafted(seriesId, { by, ...few });
    const section = scene.as('sectionOfficer');
    expect(await ways(by, params.letterId)).toEqual(all);
    expect(await ways(scene.signer, params.letterId)).toEqual(all);
    // The section checks and numbers letters, and drafts them; none of this opens a draft of somebody else.
    expect(await ways(section, params.letterId)).toEqual([]);
    await by.call(letters.submit, at(params, revision));
    expect((await section.refused(letters.check, at(params, revision + 1))).code).toBe('thing.notFound');
    expect((await scene.waiting(section)).filter((one) => one.startsWith('check'))).toEqual([]);
    await scene.signer.call(letters.check, at(params, revision + 1));
    expect(await ways(section, params.letterId)).toEqual([]);
    await scene.issuer.call(letters.sign, at(params, revision + 2));
    expect(await ways(section, params.letterId)).toEqual(all);
    expect(await scene.waiting(section)).toContain('issue 1');
    await section.call(letters.issue, at(params, revision + 3));
    // Issued, it is read by its office and by its addressees in their own receipts; no other place reads the letter itself.
    expect(await ways(section, params.letterId)).toEqual(all);
    expect(await ways(scene.as('countyDirector'), params.letterId)).toEqual([]);
  });

  it('goes on being read by the hands that were in it, and by no colleague of theirs', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉手');
    const [section, colleague] = [scene.as('sectionOfficer'), await scene.oneMore('section-officer', units.city.id)];
    const by = scene.as('cityOfficer');
    const { params, revision } = await scene.drafted(seriesId, { by, title: few.title, recipients: [] });
    await section.call(letters.submit, at(params, revision));
    expect(await ways(colleague, params.letterId)).toEqual(all);
    const body = { ...content, ...few, seriesId, recipients: [], revision: revision + 1 };
    await by.call(letters.save, { params, body });
    expect(await ways(section, params.letterId)).toEqual(all);
    expect(await ways(colleague, params.letterId)).toEqual([]);
  });

  it('of a county is read by its own director, and by no other place, the city included, also once it is issued', async () => {
    const { id: seriesId } = await scene.openSeries('countyDirector', '鲤限');
    const by = scene.as('countyOfficer');
    const { params, revision } = await scene.drafted(seriesId, { by, ...few, recipients: [ofUnit(units.city.id)] });
    const others = [scene.as('cityOfficer'), scene.as('otherDirector')];
    expect(await ways(scene.as('countyDirector'), params.letterId)).toEqual(all);
    for (const other of others) expect(await ways(other, params.letterId)).toEqual([]);
    const [judge, issuer] = [
      await scene.oneMore('county-director', units.licheng.id),
      await scene.oneMore('county-director', units.licheng.id),
    ];
    await by.call(letters.submit, at(params, revision));
    await judge.call(letters.check, at(params, revision + 1));
    await judge.call(letters.sign, at(params, revision + 2));
    await issuer.call(letters.issue, at(params, revision + 3));
    for (const other of others) expect(await ways(other, params.letterId)).toEqual([]);
  });

  it('is sent to nobody outside the reach of its unit', async () => {
    const { id: seriesId } = await scene.openSeries('countyDirector', '鲤达');
    const by = scene.as('countyOfficer');
    const { params } = await scene.drafted(seriesId, { by, ...few, recipients: [] });
    const elsewhere = { ...content, ...few, seriesId, recipients: [ofUnit(units.fengze.id)], revision: 2 };
    expect((await by.refused(letters.save, { params, body: elsewhere })).code).toBe('letter.recipientUnknown');
  });
});
