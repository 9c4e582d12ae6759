import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import * as changes from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as filings from '#contract/filings/filings.ts';
import * as inspectors from '#contract/inspectors/inspectors.ts';
import * as people from '#contract/people/people.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { layEditions, openCampaign, proposed } from '#test/support/scenes/campaign-scene.ts';
import { inspectorForm } from '#test/support/scenes/inspector-scene.ts';
import { codeOf, productFiles } from '#test/support/sources.ts';
import { directoryFeature } from '../../../src/server/features/directory/directory.feature.ts';
import { peopleFeature } from '../../../src/server/features/people/people.feature.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene([directoryFeature, peopleFeature(() => [])]);
  const { app } = scene;
  await app.owner.query("update people set name = '单小红', initials = 'dxh' where name = '科室员'");
  // What a start does with rows of an earlier version.
  for (const feature of [directoryFeature, peopleFeature(() => [])]) {
    await feature.prepare!(app.services.pool, () => app.clock.now);
  }
});
afterAll(() => scene.app.close());

const city = () => scene.app.as('cityOfficer');
const system = () => scene.app.as('systemAdministrator');

/** Every list that finds a school, by the ids that it returns for a text. */
const listsOfSchools: Readonly<Record<string, (search: string) => Promise<number[]>>> = {
  register: async (search) => (await city().call(directory.schools, { query: { search } })).rows.map(({ id }) => id),
  finder: async (text) => (await city().call(directory.find, { query: { text } })).schools.map(({ id }) => id),
  filings: async (search) =>
    (await city().call(filings.list, { query: { search } })).rows.map(({ school }) => school.id),
  grid: async (search) => (await city().call(filings.grid, { query: { search } })).rows.map(({ school }) => school.id),
  'places of a post': async (search) =>
    (await system().call(people.places, { query: { level: 'school', search } })).rows.map(({ schoolId }) => schoolId!),
};

describe.each(Object.entries(listsOfSchools))('a school in the list: %s', (_, found) => {
  it.each([
    ['a part of its name', '第二小'],
    ['words in another order', '小学 第二'],
    ['words parted by the blank of an input method', '示例　第二'],
    ['its code', '2135999002'],
    ['its code in full width', '２１３５９９９００２'],
    ['the middle of its code', '5999002'],
    ['its initials in any case', 'SLDEXX'],
    ['its initials in full width', 'ｓｌｄｅｘｘ'],
    ['its pinyin', 'shilidierxiaoxue'],
    ['a part of its pinyin', 'dierxiaoxue'],
    ['syllables', 'Di er'],
    ['pinyin and code together', 'xiaoxue 9002'],
    ['a name with a sign that nobody sees', '第\u200b二小学'],
  ])('is found by %s', async (_what, text) => {
    expect(await found(text)).toEqual([schools.neighbour.id]);
  });

  it('is not found by a pattern, nor by half of the words', async () => {
    expect(await found('示例%小学')).toEqual([]);
    expect(await found('第_小学')).toEqual([]);
    expect(await found('第二 中学')).toEqual([]);
  });
});

describe('a unit', () => {
  const finder = async (text: string) =>
    (await city().call(directory.find, { query: { text } })).units.map((one) => one.id);
  const places = async (search: string) =>
    (await system().call(people.places, { query: { level: 'county', search } })).rows.map(({ unitId }) => unitId);
  it.each(['鲤城', '城 鲤', 'lichengqu', 'licheng', 'lc', 'ＬＣＱ', '３５０５０２', '0502'])(
    'is found by %s',
    async (text) => {
      expect(await finder(text)).toEqual([units.licheng.id]);
      expect(await places(text)).toEqual([units.licheng.id]);
    },
  );
});

describe('a person', () => {
  const found = async (search: string) =>
    (await system().call(people.list, { query: { search } })).rows.map((row) => row.name);
  it.each(['单小红', '小红 单', '小红', 'danxiaohong', 'shanxiaohong', 'SHAN', 'sxh', 'ｄｘｈ', 'xiao hong'])(
    'is found by %s',
    async (text) => {
      expect(await found(text)).toEqual(['单小红']);
    },
  );
});

describe('a renamed school', () => {
  it('is found by either name and its pinyin in every list, and the hit says the other', async () => {
    await city().call(changes.renameSchool, {
      params: { schoolId: schools.junior.id },
      body: { revision: 1, day: '2025-10-02', document: '试字1号', name: '晨曦中学' },
    });
    for (const [list, find] of Object.entries(listsOfSchools)) {
      for (const text of ['晨曦', 'chenxi', 'cxzx', '示例初级', 'chujizhongxue 9003', 'slcjzx']) {
        expect([list, text, await find(text)]).toEqual([list, text, [schools.junior.id]]);
      }
    }
    const inRegister = await city().call(directory.schools, { query: { search: '示例初级' } });
    expect(inRegister.rows[0]).toMatchObject({ name: '晨曦中学', formerNames: ['示例初级中学'] });
    const inFinder = await city().call(directory.find, { query: { text: '示例初级' } });
    expect(inFinder.schools[0]).toMatchObject({ name: '晨曦中学', formerNames: ['示例初级中学'] });
    const ofPost = await system().call(people.places, { query: { level: 'school', search: 'slcjzx' } });
    expect(ofPost.rows[0]).toMatchObject({ name: '晨曦中学', note: '鲤城区 3135999003 曾用名 示例初级中学' });
    const filing = (await city().call(filings.list, { query: { search: '晨曦' } })).rows[0]!;
    expect(filing.school).toMatchObject({ name: '示例初级中学', presentName: '晨曦中学' });
    const read = await city().call(filings.read, { params: { filingId: filing.id } });
    expect(read.school).toMatchObject({ name: '示例初级中学', presentName: '晨曦中学' });
    const [other] = (await city().call(filings.list, { query: { search: '第二小学' } })).rows;
    expect(other?.school.presentName).toBeNull();
  });

  it('bears a corrected mistake as no former name', async () => {
    await city().call(changes.correctSchool, {
      params: { schoolId: schools.private.id },
      body: { revision: 1, name: '示例民办学校', note: '登记时写错了名称' },
    });
    const [row] = (await city().call(directory.schools, { query: { search: '民办学校' } })).rows;
    expect(row).toMatchObject({ name: '示例民办学校', formerNames: [] });
  });
});

describe('what the palette finds of an evaluation', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp();
    await layEditions(app);
    const body = await proposed(ofCity(), 'county-inspection', { title: '履职尽责督导' });
    const { id } = await ofCity().call(campaigns.create, { body });
    await openCampaign(app, id);
    await app.as('countyOfficer').call(inspectors.enter, { body: inspectorForm });
  });
  afterAll(() => app.close());
  const asked = (search: string) => ({ query: { search, pageSize: 5 } });
  const ofCity = () => app.as('cityOfficer');
  /** The lists that the palette asks, by the title that it shows. */
  const lists: Readonly<Record<string, (text: string) => Promise<string[]>>> = {
    evaluations: async (text) =>
      (await ofCity().call(evaluations.list, asked(text))).rows.map((row) => row.subjectName),
    campaigns: async (text) => (await ofCity().call(campaigns.list, asked(text))).rows.map(({ title }) => title),
    inspectors: async (text) => (await ofCity().call(inspectors.list, asked(text))).rows.map(({ name }) => name),
  };
  it.each([
    ['evaluations', units.licheng.name, ['鲤城', 'licheng', 'LCQ', 'ｌｃｑ', 'cheng li']],
    ['campaigns', '履职尽责督导', ['尽责', '督导 履职', 'lvzhi', 'LZJZDD', 'jin ze']],
    ['inspectors', inspectorForm.name, ['督学', 'lin', 'LDX', 'duxue lin', '闽督2025001']],
  ])('%s: by name, pinyin and initials', async (list, found, texts) => {
    for (const text of texts) expect([text, await lists[list]!(text)]).toEqual([text, [found]]);
    expect(await lists[list]!('鲤%区')).toEqual([]);
  });
});

describe('names in a list', () => {
  it('come by the pinyin of the syllable, then by the strokes', async () => {
    const wanted = ['单小红', '何一', '洪三', '洪乙', '侯一', '黄二', '曾五'];
    const { rows } = await scene.app.owner.query<{ id: string }>(
      `select id from people where name <> '单小红' and username <> 'system' order by id limit 6`,
    );
    const names = ['黄二', '洪三', '曾五', '洪乙', '何一', '侯一'];
    for (const [at, { id }] of rows.entries()) {
      await scene.app.owner.query('update people set name = $2, initials = $3 where id = $1', [id, names[at], 'x']);
    }
    const listed = await scene.app
      .as('systemAdministrator')
      .call(people.list, { query: { pageSize: 100, sort: 'name' } });
    expect(listed.rows.map(({ name }) => name).filter((name) => wanted.includes(name))).toEqual(
      [...wanted].sort(new Intl.Collator('zh-CN-u-co-pinyin').compare),
    );
  });
});

describe('the sources', () => {
  it('hold no second rule of search: only `searched` compares what a person types', () => {
    const files = productFiles('src/server/', /\.ts$/);
    expect(files.length).toBeGreaterThan(300);
    const others = files.filter((file) => !file.endsWith('db/listing.ts'));
    expect(others.filter((file) => /\bilike\b|patternsOf|order by [a-z.]*initials/i.test(codeOf(file)))).toEqual([]);
  });
});
