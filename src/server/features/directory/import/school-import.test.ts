import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import * as imports from '#contract/directory/import.ts';
import { readWorkbook } from '#platform/documents/workbook-read.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { directoryFeature } from '../directory.feature.ts';

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp({ features: [directoryFeature] });
});
afterAll(() => app?.close());

const head = '学校标识码,学校名称,县级单位,办学类型,举办者类型,办别,城乡类型,建校年份';
const fresh = '2135888001,新登记小学,鲤城区,211,7,公办,乡村,1962';

function csv(...rows: string[]) {
  return { name: '学校.csv', bytes: new TextEncoder().encode([head, ...rows].join('\r\n')), size: 1 };
}

async function preview(...rows: string[]) {
  return previewFrom('2025-09-01', ...rows);
}

async function previewFrom(day: string, ...rows: string[]) {
  return app.as('cityOfficer').call(imports.previewImport, { file: csv(...rows), fields: { day } });
}

type Looked = Awaited<ReturnType<typeof preview>>;

const named = ({ importId }: Looked, document?: string) => ({
  params: { importId },
  body: document === undefined ? {} : { document },
});

async function write(looked: Looked) {
  return app.as('cityOfficer').call(imports.confirmImport, named(looked));
}

const findingsOf = ({ groups }: Looked) => groups.flatMap(({ findings }) => findings);
const factsOf = ({ facts }: Looked) => Object.fromEntries(facts);

async function count(): Promise<number> {
  return (await app.as('cityOfficer').call(directory.schools, { query: { status: 'all' } })).total;
}

describe('a table of schools', () => {
  test('that was previewed in one post lies at its unit, and is not taken in another post of the same person', async () => {
    const { personId, grants, inPost } = app.as('cityOfficer');
    const county = randomUUID();
    await app.owner.query(
      `insert into roles (key, name, reach, permissions, sort_order)
       values ('test-registrar', '试验登记员', 'county', '{directory.read,directory.manage}', 91)`,
    );
    await app.owner.query(
      `insert into grants (id, person_id, role_key, unit_id) values ($1, $2, 'test-registrar', $3)`,
      [county, personId, units.licheng.id],
    );
    const [asCity, asCounty] = [grants[0]!, county].map((grantId) => inPost({ grantId, standInId: null }));
    const input = { file: csv('2135888009,两岗小学,鲤城区,211,7,公办,乡村,1962'), fields: { day: '2025-09-01' } };
    const looked = await asCounty!.call(imports.previewImport, input);
    expect((await asCity!.refused(imports.readImport, named(looked))).code).toBe('thing.notFound');
    expect((await asCity!.refused(imports.confirmImport, named(looked))).code).toBe('thing.notFound');
    expect(await asCounty!.call(imports.readImport, named(looked))).toMatchObject({ importId: looked.importId });
    const there = await asCity!.call(imports.previewImport, input);
    const { rows } = await app.owner.query(
      `select id, place_id as "placeId", school_id as "schoolId" from imports where id = any($1)`,
      [[looked.importId, there.importId]],
    );
    expect(new Map(rows.map(({ id, ...place }) => [id, place]))).toEqual(
      new Map([
        [looked.importId, { placeId: units.licheng.id, schoolId: null }],
        [there.importId, { placeId: units.city.id, schoolId: null }],
      ]),
    );
    await app.owner.query('update grants set revoked_at = now() where id = $1', [county]);
  });

  test('is not taken from a post of a school, which reaches no unit', async () => {
    const { personId, inPost } = app.as('head');
    const grantId = randomUUID();
    await app.owner.query(
      `insert into roles (key, name, reach, permissions, sort_order)
       values ('test-school-registrar', '试验学校登记员', 'school', '{directory.read,directory.manage}', 92)`,
    );
    await app.owner.query(
      `insert into grants (id, person_id, role_key, school_id) values ($1, $2, 'test-school-registrar', $3)`,
      [grantId, personId, schools.first.id],
    );
    // The file is no table at all: the post is refused before anything of it is read.
    const input = { file: { name: '假.xlsx', size: 12, bytes: new TextEncoder().encode('不是表格') }, fields: {} };
    const atSchool = inPost({ grantId, standInId: null });
    const nowhere = { params: { importId: randomUUID() } };
    for (const refusal of [
      await atSchool.refused(imports.previewImport, input),
      await atSchool.refused(imports.readImport, nowhere),
      await atSchool.refused(imports.confirmImport, { ...nowhere, body: {} }),
      await atSchool.refused(imports.markedWorkbook, nowhere),
    ]) {
      expect(refusal.code).toBe('access.reachTooShort');
    }
    await app.owner.query('update grants set revoked_at = now() where id = $1', [grantId]);
  });

  test('is looked at without being written, every fault with its cell', async () => {
    const before = await count();
    const looked = await preview(
      fresh,
      '2135888001,重复小学,鲤城区,211,7,公办,乡村,',
      '21358880,短码小学,鲤城区,211,7,公办,乡村,',
      '2135888003,外县小学,思明区,211,7,公办,乡村,',
      '2135888004,乱填小学,鲤城区,七年制,10,公办,郊区,很久以前',
      ',,,,,,,',
      '2135888005,,丰泽区,211,7,公办,城区,2020',
    );
    const findings = findingsOf(looked);
    expect(findings.map(({ place, part, value }) => [place, part, value])).toEqual([
      ['A3', '学校标识码', '2135888001'],
      ['A4', '学校标识码', '21358880'],
      ['C5', '县级单位', '思明区'],
      ['D6', '办学类型', '七年制'],
      ['G6', '城乡类型', '郊区'],
      ['H6', '建校年份', '很久以前'],
      ['F6', '办别', '公办'],
      ['B8', '学校名称', ''],
    ]);
    expect(findings[3]?.allowed).toContain('312 九年一贯制学校');
    expect(findings[2]?.allowed).toBe('鲤城区、丰泽区');
    expect(looked).toMatchObject({ hard: findings.length, writable: false, groups: [{ total: findings.length }] });
    expect(factsOf(looked).设立).toBe('1 所');
    expect(await count()).toBe(before);
  });

  test('names every faulty cell of a row at once, also where the register contradicts it', async () => {
    const { code } = schools.neighbour;
    const looked = await preview(
      // The year, the sponsor and the code are as wrong as the cells that cannot be read.
      '2144888001,新设小学,鲤城区,七年制,10,公办,郊区,2999',
      // A registered primary school: neither its type nor its place can change, and one cell is empty.
      `${code},示例改名小学,丰泽区,312,7,公办,,2999`,
    );
    expect(findingsOf(looked).map(({ place, part }) => `${place} ${part}`)).toEqual([
      ...['D2 办学类型', 'G2 城乡类型', 'A2 学校标识码', 'F2 办别', 'H2 建校年份'],
      ...['G3 城乡类型', 'H3 建校年份', 'D3 办学类型', 'C3 县级单位'],
    ]);
    expect(factsOf(looked)).toMatchObject({ 设立: '0 所', 更正: '0 所', 与登记相同: '0 所' });
  });

  test('says what it would do, and does exactly that', async () => {
    const { code } = schools.neighbour;
    const rows = [fresh, `${code},示例改名小学,鲤城区,小学,县级教育部门,公办,镇区,1999`];
    const looked = await preview(...rows);
    expect(looked).toMatchObject({ hard: 0, writable: true });
    expect(factsOf(looked)).toEqual({
      ...{ 学校: '2 行', 设立: '1 所', 更名: '1 所', 更正: '1 所', 与登记相同: '0 所' },
    });
    expect(looked.changes.rows.map((change) => [change.act, change.what])).toEqual([
      ['open', '新登记'],
      ['rename', '更名为“示例改名小学”'],
      ['correct', '城乡类型 城区 → 镇区；建校年份 2000 → 1999'],
    ]);
    const done = await app.as('cityOfficer').call(imports.confirmImport, named(looked, '泉教〔2025〕3号'));
    expect(done).toEqual({ opened: 1, renamed: 1, corrected: 1 });
    const found = await app.as('cityOfficer').call(directory.schools, { query: { search: 'xdjxx' } });
    expect(found.rows[0]).toMatchObject({ code: '2135888001', urbanClass: 'rural', foundedYear: 1962 });
    const history = await app.as('cityOfficer').call(directory.schoolHistory, {
      params: { schoolId: schools.neighbour.id },
    });
    expect(history.versions.map(({ name, urbanClass }) => [name, urbanClass])).toEqual([
      ['示例改名小学', 'town'],
      // The corrected fact was wrong before the change of name too.
      [schools.neighbour.name, 'town'],
    ]);
    const again = await preview(...rows);
    expect(again).toMatchObject({ writable: false, changes: { total: 0 } });
    expect(factsOf(again).与登记相同).toBe('2 所');
    expect((await app.as('cityOfficer').refused(imports.confirmImport, named(again))).code).toBe('import.empty');
    expect((await app.as('cityOfficer').refused(imports.confirmImport, named(looked))).code).toBe('import.expired');
  });

  test('that the register exported changes nothing, and keeps the brackets of a name as they were written', async () => {
    const name = '示例第三小学（城东校区）';
    const row = `2135888030,${name},鲤城区,211,7,公办,城区,`;
    await write(await preview(row));
    for (const format of ['xlsx', 'csv'] as const) {
      const exported = await app.as('cityOfficer').call(directory.exportSchools, { query: { format } });
      const file = { name: exported.fileName, bytes: exported.body, size: exported.body.length };
      const looked = await app.as('cityOfficer').call(imports.previewImport, { file });
      expect(looked).toMatchObject({ changes: { total: 0 }, hard: 0 });
      expect(factsOf(looked).与登记相同).toBe(factsOf(looked).学校?.replace('行', '所'));
    }
    // With other brackets it is the same name. With another word it is a different name and is kept as typed.
    expect(factsOf(await preview(row.replace('（城东校区）', '(城东校区)')))).toMatchObject({
      更名: '0 所',
      与登记相同: '1 所',
    });
    const renamed = await preview(row.replace('城东', '城西'));
    expect(renamed.changes.rows[0]?.what).toBe('更名为“示例第三小学（城西校区）”');
  });

  test('finds the school that holds a code, not the one that gave it away by merging', async () => {
    const [host, guest] = ['2135888041', '2135888042'];
    const rows = [`${host},并校小学,鲤城区,211,7,公办,乡村,1950`, `${guest},被并小学,鲤城区,211,7,公办,乡村,1950`];
    await write(await preview(...rows));
    const { rows: found } = await app.owner.query<{ id: number }>(
      'select id from schools where code = any($1) order by code',
      [[host, guest]],
    );
    const [hostId, guestId] = found.map((school) => school.id);
    await app.as('cityOfficer').call(schoolChanges.mergeSchools, {
      params: { schoolId: hostId! },
      body: { revision: 1, day: '2025-09-01', guests: [{ id: guestId!, revision: 1 }], code: guest },
    });
    const both = [`${guest},并后小学,鲤城区,211,7,公办,城区,1950`];
    const looked = await previewFrom('2025-09-02', ...both);
    expect(looked.hard).toBe(0);
    expect(factsOf(looked)).toMatchObject({ 更名: '1 所', 更正: '1 所' });
    await write(looked);
    const after = await app.owner.query(
      'select name, urban_class, status from schools where id = any($1) order by id',
      [[hostId, guestId]],
    );
    expect(after.rows).toEqual([
      { name: '并后小学', urban_class: 'urban', status: 'open' },
      { name: '被并小学', urban_class: 'rural', status: 'merged' },
    ]);
  });

  test('is written whole or not at all', async () => {
    const before = await count();
    const rows = ['2135888010,好的小学,鲤城区,211,7,公办,乡村,', '2135888011,坏的小学,鲤城区,211,7,公办,山区,'];
    const refusal = await app.as('cityOfficer').refused(imports.confirmImport, named(await preview(...rows)));
    expect(refusal.code).toBe('import.hardErrors');
    expect(await count()).toBe(before);
  });

  test('is opened again by whoever brought it, for a day', async () => {
    const looked = await preview('2135888020,看过的小学,鲤城区,211,7,公办,乡村,');
    const { params } = named(looked);
    expect(await app.as('cityOfficer').call(imports.readImport, { params })).toEqual(looked);
    await app.owner.query('update imports set created_by = gen_random_uuid() where id = $1', [looked.importId]);
    for (const route of [imports.readImport, imports.confirmImport, imports.markedWorkbook]) {
      const refusal = await app.as('cityOfficer').refused(route, named(looked));
      expect(refusal.code).toBe('thing.notFound');
    }
    const { personId } = app.as('cityOfficer');
    await app.owner.query('update imports set created_by = $1, expires_at = $2 where id = $3', [
      ...[personId, app.clock.now, looked.importId],
    ]);
    expect((await app.as('cityOfficer').refused(imports.confirmImport, named(looked))).code).toBe('import.expired');
  });

  test('finds the register as it was looked at, or is not written', async () => {
    const { code, id: schoolId } = schools.first;
    const row = `${code},导入改名小学,鲤城区,211,7,公办,镇区,2000`;
    const looked = await preview(row);
    expect(factsOf(looked)).toMatchObject({ 更名: '1 所', 更正: '1 所' });
    // A colleague renames the school in between: to write now would take that back without a word.
    const { revision } = await app.as('cityOfficer').call(directory.readSchool, { params: { schoolId } });
    await app.as('cityOfficer').call(schoolChanges.renameSchool, {
      params: { schoolId },
      body: { revision, day: '2025-09-10', name: '同事改名小学' },
    });
    expect((await app.as('cityOfficer').refused(imports.confirmImport, named(looked))).code).toBe(
      'import.registerChanged',
    );

    // That the day lies before the last change is said with the cell, before anything is confirmed.
    expect(findingsOf(await preview(row))).toMatchObject([
      { place: 'B2', part: '学校名称', allowed: '不早于 2025-09-10 的变动日期' },
    ]);
    const ahead = { file: csv(row), fields: { day: '2025-10-16' } };
    expect((await app.as('cityOfficer').refused(imports.previewImport, ahead)).code).toBe('school.dayInFuture');
  });

  test('opens a whole city at once, each school with version, code, event and audit', async () => {
    const rows = Array.from(
      { length: 400 },
      (_, index) => `21358${String(10_000 + index)},成批登记小学${index},鲤城区,211,7,公办,乡村,1980`,
    );
    const looked = await preview(...rows);
    expect(looked.changes.rows).toHaveLength(400);
    const before = await app.owner.query('select count(*)::int as audited from audit_events');
    expect(await write(looked)).toEqual({ opened: 400, renamed: 0, corrected: 0 });
    const { rows: whole } = await app.owner.query(
      `select count(*)::int as schools, count(v.school_id)::int as versions, count(c.school_id)::int as codes,
              count(e.school_id)::int as events, min(s.opened_on)::text as opened, min(s.initials) as initials
         from schools s
         left join school_versions v on v.school_id = s.id and v.county_id = s.county_id and v.valid_from = s.opened_on
         left join school_codes c on c.school_id = s.id and c.code = s.code and c.status = 'current'
         left join school_events e on e.school_id = s.id and e.kind = 'opened' and e.note = '由表格导入'
        where s.name like '成批登记小学%'`,
    );
    const each = { schools: 400, versions: 400, codes: 400, events: 400, opened: '1980-09-01' };
    expect(whole).toEqual([{ ...each, initials: 'cpdjxx0' }]);
    const after = await app.owner.query('select count(*)::int as audited from audit_events');
    expect(after.rows[0].audited - before.rows[0].audited).toBe(401);
  });

  test('comes back with its faults marked where they stand', async () => {
    const rows = ['2135888050,好的小学,鲤城区,211,7,公办,乡村,', '2135888051,坏的小学,鲤城区,七年制,7,公办,,1980'];
    const titled = ['某区学校名录', head, ...rows].join('\r\n');
    const file = { name: '名录.csv', bytes: new TextEncoder().encode(titled), size: 1 };
    const looked = await app.as('cityOfficer').call(imports.previewImport, { file, fields: { day: '2025-09-01' } });
    const reply = await app.as('cityOfficer').call(imports.markedWorkbook, named(looked));
    expect(reply.fileName).toBe('名录_标注.xlsx');
    const book = await loadBook(reply.body);
    const sheet = book.getWorksheet('表格')!;
    const fault = (address: string) => {
      const { value, note } = sheet.getCell(address);
      return [value, typeof note === 'object' ? note.texts?.map((text) => text.text).join('') : note];
    };
    expect(sheet.getCell('A2').value).toBe('学校标识码');
    expect(sheet.getCell('B3').value).toBe('好的小学');
    expect(fault('B4')).toEqual(['坏的小学', undefined]);
    expect(fault('D4')).toEqual(['七年制', expect.stringContaining('不是办学类型的代码或名称。应填：')]);
    expect(fault('G4')).toEqual([null, '不能为空。应填：城区、镇区、乡村']);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['表格', '填写说明']);
    const explained = JSON.stringify(book.worksheets[1]!.getSheetValues());
    for (const text of ['鲤城区', '111 ', '四位数的年份']) expect(explained).toContain(text);
  });

  test('passes over schools that are no more, as an export of all schools holds them, and changes none', async () => {
    const city = app.as('cityOfficer');
    const { id: schoolId } = schools.junior;
    const { revision } = await city.call(directory.readSchool, { params: { schoolId } });
    await city.call(schoolChanges.closeSchool, { params: { schoolId }, body: { revision, day: '2025-09-01' } });
    const exported = await city.call(directory.exportSchools, { query: { status: 'all', format: 'csv' } });
    const look = (text: string) => {
      const file = { name: '学校名录.csv', bytes: new TextEncoder().encode(text), size: 1 };
      return city.call(imports.previewImport, { file, fields: { day: '2025-10-15' } });
    };
    const text = new TextDecoder().decode(exported.body);
    // The other one was merged into a school that took over its code.
    expect(await look(text)).toMatchObject({
      ...{ changes: { total: 0 }, hard: 0 },
      notes: ['2 所学校已并入他校或已撤销，内容与登记相同，已略过。'],
    });
    const findings = findingsOf(await look(text.replace(schools.junior.name, '撤销后更名中学')));
    expect(findings.map(({ part, value }) => [part, value])).toEqual([['学校标识码', schools.junior.code]]);
  });

  test('cannot retype or move, nor bring a void code back', async () => {
    const { code, name } = schools.first;
    const looked = await preview(
      `${code},${name},鲤城区,312,7,公办,城区,`,
      `${schools.foreign.code},${schools.foreign.name},鲤城区,312,7,公办,城区,`,
    );
    expect(findingsOf(looked).map(({ part }) => part)).toEqual(['办学类型', '学校名称', '县级单位']);
    await app.owner.query(
      `insert into school_codes (code, school_id, status, given_on) values ('2135777001', 1, 'void', '2000-01-01')`,
    );
    expect(findingsOf(await preview('2135777001,旧码小学,鲤城区,211,7,公办,乡村,'))[0]?.rule).toContain('作废');
  });

  test('without its headings, or empty, or something else altogether, is a sentence', async () => {
    const as = app.as('cityOfficer');
    const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text), size: 1 });
    const headless = await as.refused(imports.previewImport, { file: file('a.csv', '学校名称,办别\n甲,公办') });
    expect(headless.sentence).toContain('学校标识码');
    expect((await as.refused(imports.previewImport, { file: csv() })).code).toBe('import.empty');
    expect((await as.refused(imports.previewImport, { file: file('假.xlsx', '不是表格') })).code).toBe(
      'table.wrongType',
    );
  });

  test('comes from a template that offers the allowed values', async () => {
    const reply = await app.as('cityOfficer').call(imports.importTemplate);
    const { sheets } = await readWorkbook(reply.body);
    expect(sheets.map((sheet) => sheet.name)).toEqual(['学校', '填写说明']);
    expect(sheets[0]?.cells.map((cell) => cell.text)).toEqual([...head.split(',').slice(0, 7), '管理单位', '建校年份']);
  });
});

describe('the preview of new schools', () => {
  test('says where each stands, of which type, and from which day; without a year of founding from the day of the change', async () => {
    const undated = '2135888777,没有年份小学,丰泽区,211,7,公办,乡村,';
    const { changes, notes } = await preview(fresh.replace('2135888001', '2135888776'), undated);
    expect(
      changes.rows.map(({ name, countyName, schoolTypeName, what }) => [name, countyName, schoolTypeName, what]),
    ).toEqual([
      ['新登记小学', '鲤城区', '小学', '新登记'],
      ['没有年份小学', '丰泽区', '小学', '新登记；没有建校年份，设立日期取变动日期 2025-09-01'],
    ]);
    expect(notes).toContain('1 所新登记的学校没有建校年份，设立日期按变动日期记为 2025-09-01。');
  });

  test('names the other row of a school in the rule and not among the values', async () => {
    const [finding] = findingsOf(
      await preview(fresh.replace('2135888001', '2135888776'), fresh.replace('2135888001', '2135888776')),
    );
    expect(finding).toMatchObject({
      rule: '一所学校在表中只能出现一次，另一处在 A2',
      allowed: '另一个标识码，或删去这一行',
    });
  });
});
