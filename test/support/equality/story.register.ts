import type { Sent } from './sample-stage.ts';
import type { Story } from './story.ts';

const day = '2026-03-01';
const document = '泉教〔2026〕1号';
const head = '学校标识码,学校名称,县级单位,办学类型,举办者类型,办别,城乡类型,建校年份';

/** Events of schools and units in the register, and the pages afterwards. */
export async function tellRegister(story: Story): Promise<void> {
  const schools = await someSchools(story);
  await schoolChanges(story, schools);
  await owingSchool(story);
  await refusals(story, schools);
  await tableOfSchools(story, schools);
  await units(story);
  await story.jobs('the lists of the year follow');
  await looks(story, schools);
}

interface School {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly revision: number;
}

/** Primary schools of one county without any event yet. */
async function someSchools({ look }: Story): Promise<School[]> {
  const { rows } = await look(
    'city',
    'GET /api/directory/schools?unitId=12&schoolType=211&ownership=public&sort=code&pageSize=12',
  );
  const schools: School[] = [];
  for (const { id } of rows) schools.push(await look('city', `GET /api/directory/schools/${id}`));
  return schools;
}

async function schoolChanges({ step }: Story, schools: readonly School[]): Promise<void> {
  const act = (title: string, school: School, what: string, body: object) =>
    step(title, 'city', `POST /api/directory/schools/${school.id}/${what}`, {
      body: { revision: school.revision, day, document, ...body },
    });
  const [renamed, moved, retyped, host, guest, split, closed, corrected] = schools as readonly [School, ...School[]];
  const facts = { schoolType: '211', sponsorCode: 7, ownership: 'public', urbanClass: 'town', foundedYear: 2026 };
  const place = { countyId: 12, managingUnitId: 12 };

  await step('a school opens', 'city', 'POST /api/directory/schools', {
    body: { ...facts, ...place, code: '2135888001', name: '晋江市新设小学', day, document, note: '新建小区配套' },
  });
  await act('it is renamed', renamed, 'renaming', { name: '晋江市实验学校附属小学' });
  await act('it moves', moved!, 'moving', { countyId: 11, managingUnitId: 11, sponsorCode: 7, ownership: 'public' });
  await act('it becomes another kind', retyped!, 'retyping', { schoolType: '311', code: '3135888002' });
  await act('two become one', host!, 'merging', { guests: [{ id: guest!.id, revision: guest!.revision }] });
  const parts = [{ ...facts, ...place, code: '2135888003', name: '晋江市分设小学' }];
  await act('one becomes two', split!, 'splitting', { parts });
  await act('it closes', closed!, 'closing', { note: '生源不足' });
  await act('it opens again', { ...closed!, revision: closed!.revision + 1 }, 'reopening', {});
  await step('the register was wrong', 'city', `PATCH /api/directory/schools/${corrected!.id}`, {
    body: { revision: corrected!.revision, note: '登记错误', urbanClass: 'rural', foundedYear: 1958 },
  });
}

/**
 * A school that has not filed yet owes nothing while it is closed. It owes its filing again when the closing was a
 * mistake.
 */
async function owingSchool({ step, look, jobs }: Story): Promise<void> {
  const { rows } = await look(
    'city',
    'GET /api/filings?unitId=12&situation=untouched&level=primary&sort=code&pageSize=1',
  );
  const { id, code } = rows[0].school;
  const filing = `GET /api/filings/{filing 2025 ${code}}`;
  const act = (title: string, what: string, revision: number) =>
    step(title, 'city', `POST /api/directory/schools/${id}/${what}`, { body: { revision, day, document } });
  await act('a school that has not filed closes', 'closing', 1);
  await jobs('it owes nothing');
  await step('its filing while it is closed', 'city', filing);
  await act('it was a mistake', 'reopening', 2);
  await jobs('it owes again');
  await step('its filing again', 'city', filing);
}

async function refusals({ step }: Story, schools: readonly School[]): Promise<void> {
  const [renamed, moved, , host, guest] = schools as readonly [School, ...School[]];
  const untouched = schools.at(-1)!;
  const ask = (title: string, school: School, what: string, body: object, who = 'city') =>
    step(title, who, `POST /api/directory/schools/${school.id}/${what}`, { body: { revision: 1, day, ...body } });
  await ask('the page is no longer true', renamed, 'renaming', { name: '晋江市又名小学' });
  await ask('not the county’s', untouched, 'renaming', { name: '晋江市又名小学' }, 'director-350582');
  await ask('not before the last change', moved!, 'closing', { revision: moved!.revision + 1, day: '2020-01-01' });
  await ask('not ahead of its day', untouched, 'closing', { day: '2026-03-03' });
  await ask('what is no more does not change', guest!, 'renaming', { revision: 2, name: '晋江市又名小学' });
  await ask('not into itself', untouched, 'merging', { guests: [{ id: untouched.id, revision: 1 }] });
  await ask('no new code without a new class', untouched, 'retyping', { schoolType: '218', code: '2135888009' });
  await ask('a new class needs a new code', untouched, 'retyping', { schoolType: '311' });
  await ask('the same name', untouched, 'renaming', { name: untouched.name });
  await ask('a sponsor that does not fit', untouched, 'moving', {
    ...{ countyId: 12, managingUnitId: 2, sponsorCode: 10, ownership: 'public' },
  });
  await step('a code that is taken', 'city', 'POST /api/directory/schools', {
    body: {
      ...{ code: host!.code, name: '晋江市重码小学', schoolType: '211', sponsorCode: 7, ownership: 'public' },
      ...{ urbanClass: 'town', foundedYear: null, countyId: 12, managingUnitId: 12, day },
    },
  });
  await ask('a renaming by mistake', untouched, 'renaming', { name: '晋江市误名小学' });
  await step('is taken back', 'city', `POST /api/directory/schools/${untouched.id}/renaming/undo`);
  await step('and not twice', 'city', `POST /api/directory/schools/${untouched.id}/renaming/undo`);
}

async function tableOfSchools({ step, stage }: Story, schools: readonly School[]): Promise<void> {
  const renamed = schools.at(-2)!;
  const csv = (...rows: string[]): Sent['upload'] & object => ({
    name: '学校.csv',
    bytes: new TextEncoder().encode([head, ...rows].join('\r\n')),
    fields: { day },
  });
  const faulty = csv(
    '21358880,短码小学,晋江市,211,7,公办,乡村,',
    '2135888011,外县小学,思明区,211,7,公办,乡村,',
    '2135888012,乱填小学,晋江市,七年制,10,公办,郊区,很久以前',
    ',,,,,,,',
    '2135888013,,晋江市,211,7,公办,城区,2020',
  );
  const sound = csv(
    '2135888014,晋江市表中小学,晋江市,211,7,公办,乡村,1962',
    `${renamed.code},晋江市表中更名小学,晋江市,211,7,公办,镇区,1999`,
  );
  const path = '/api/school-imports';
  const wrong = await step('a table with faults', 'city', `POST ${path}`, { upload: faulty });
  stage.learn('faulty table', wrong.importId);
  await step('its marked workbook', 'city', `GET ${path}/{faulty table}/workbook`);
  await step('faults are not written', 'city', `POST ${path}/{faulty table}/confirmation`, { body: {} });
  const right = await step('a table in order', 'city', `POST ${path}`, { upload: sound });
  stage.learn('table', right.importId);
  await step('another’s table', 'section', `GET ${path}/{table}`);
  await step('the preview of the table is opened again', 'city', `GET ${path}/{table}`);
  await step('the table is written', 'city', `POST ${path}/{table}/confirmation`, { body: { document } });
  await step('it is not written twice', 'city', `POST ${path}/{table}/confirmation`, { body: { document } });
  await step('nothing is left to do', 'city', `POST ${path}`, { upload: { ...sound, fields: { day: '2026-03-02' } } });
}

async function units({ step }: Story): Promise<void> {
  const contact = { body: { name: '王督导', phone: '0595-22000001' } };
  await step('who answers for a unit', 'officer-350504', 'PUT /api/directory/units/5/contact', contact);
  await step('not for another unit', 'officer-350504', 'PUT /api/directory/units/6/contact', contact);
  const name = { name: '泉州洛江新区', shortName: '洛江新区', parentId: 2, day, document };
  await step('a unit is renamed', 'city', 'POST /api/directory/units/5/renaming', { body: name });
  await step('a unit below itself', 'city', 'POST /api/directory/units/5/renaming', { body: { ...name, parentId: 5 } });
  await step('the renaming is taken back', 'city', 'POST /api/directory/units/5/renaming/undo');
  await step('a unit is renamed again', 'city', 'POST /api/directory/units/5/renaming', { body: name });
}

async function looks({ step, look }: Story, schools: readonly School[]): Promise<void> {
  for (const { id } of schools) {
    await step('the school afterwards', 'city', `GET /api/directory/schools/${id}`);
    await step('its history afterwards', 'city', `GET /api/directory/schools/${id}/history`);
  }
  const { rows } = await look('city', 'GET /api/directory/schools?search=21358880&status=all&sort=code');
  for (const { id } of rows) await step('a new school', 'city', `GET /api/directory/schools/${id}/history`);
  await step('the unit afterwards', 'city', 'GET /api/directory/units/5');
  await step('all units afterwards', 'head-2135990107', 'GET /api/directory/units');
  await step(
    'the table afterwards',
    'city',
    'GET /api/directory/schools?unitId=12&status=all&search=晋江市&sort=-code&pageSize=20',
  );
  for (const { code } of schools.slice(0, 7)) {
    await step('its filing afterwards', 'city', `GET /api/filings?search=${code}`);
  }
  await step('the session of who is renamed', 'officer-350504', 'GET /api/session');
  await step('the county’s balance afterwards', 'city', 'GET /api/balance/overview');
}
