import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as imports from '#contract/people/import.ts';
import * as people from '#contract/people/people.ts';
import * as sets from '#contract/people/sets.ts';
import * as session from '#contract/session/session.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
});
afterAll(() => app.close());

const good = 'Quanzhou-2025';
const system = () => app.as('systemAdministrator');
const security = () => app.as('securityAdministrator');
const heading = '姓名,电话,角色,单位,学校标识码,用户名';
const table = (...rows: string[]) => {
  const bytes = new TextEncoder().encode([heading, ...rows].join('\r\n'));
  return { file: { name: '人员.csv', bytes, size: bytes.length } };
};
const preview = (...rows: string[]) => system().call(imports.previewImport, table(...rows));
const propose = async (...rows: string[]) => {
  const { importId } = await preview(...rows);
  return system().call(imports.confirmImport, { params: { importId } });
};
const read = (setId: string, query: object = {}) => security().call(sets.read, { params: { setId }, query });
const grantAll = async (setId: string, except: number[] = []) => {
  const { digest, refused } = await read(setId);
  return security().call(sets.grant, { params: { setId }, body: { digest, except, refused } });
};
const tokenOf = (link: string) => link.split('#')[1] ?? '';
const use = (link: string, code?: string) => ({
  body: { token: tokenOf(link), password: good, ...(code === undefined ? {} : { code }) },
});
/** Whether somebody signs in with this name and the password of these tests. */
const signsIn = async (username: string) => {
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/session',
    payload: { username, password: good },
  });
  return answer.statusCode === 200;
};

describe('a list of people with roles', () => {
  it('is previewed with its accounts, its posts, and counts by county and role', async () => {
    const seen = await preview(
      `王小明,0595-22000218,校长,${schools.first.name},,`,
      '王小明,0595-22000218,县级督导干部,鲤城区,,',
      '李四,13800000001,市级督导干部,,,lisi',
      '鲤城主任,13800000009,学校填报员,,,countydirector',
    );
    expect(seen).toMatchObject({ hard: 1, writable: false });
    const sound = await preview(
      `王小明,0595-22000218,校长,${schools.first.name},,`,
      '王小明,0595-22000218,县级督导干部,鲤城区,,',
      '李四,13800000001,市级督导干部,,,lisi',
    );
    expect(sound).toMatchObject({ hard: 0, writable: true });
    expect(sound.changes).toMatchObject({ total: 3, accounts: 2, posts: 3, same: 0 });
    expect(sound.changes.people.map((row) => [row.username, row.roleName, row.placeName, row.state])).toEqual([
      ['wxm0218', '校长', schools.first.name, 'new-account'],
      ['wxm0218', '县级督导干部', '鲤城区', 'new-account'],
      ['lisi', '市级督导干部', '泉州市', 'new-account'],
    ]);
    expect(sound.changes.counts).toEqual([
      { countyName: '鲤城区', roleName: '校长', posts: 1 },
      { countyName: '鲤城区', roleName: '县级督导干部', posts: 1 },
      { countyName: '泉州市', roleName: '市级督导干部', posts: 1 },
    ]);
  });

  it.each([
    ['a role that is not there', '钱一,138000001,校长一,,3,', 'C2', '没有角色“校长一”'],
    ['one of the three administrators', '钱一,138000001,审计管理员,,,', 'C2', '审计管理员不在名单里授予'],
    ['a school that is not there', '钱一,138000001,校长,不存在的学校,,', 'D2', '没有名为“不存在的学校”的在办学校'],
    ['a code that is not there', '钱一,138000001,校长,,3100000000,', 'E2', '没有标识码为“3100000000”的在办学校'],
    ['no school', '钱一,138000001,校长,,,', 'E2', '缺少学校'],
    ['a unit that is not there', '钱一,138000001,县级督导干部,金门县,,', 'D2', '没有单位“金门县”'],
    ['a unit of the wrong level', '钱一,138000001,县级督导干部,泉州市,,', 'C2', '只能授予县'],
    ['no telephone', `钱一,,校长,${schools.first.name},,`, 'B2', '缺少电话'],
    ['no role', `钱一,138000001,,${schools.first.name},,`, 'C2', '缺少角色'],
    [
      'the username of somebody else',
      `钱一,138000001,校长,${schools.first.name},,clerk`,
      'F2',
      '已有账户，属于一小填报员',
    ],
    ['an administrator', '审计员,138000001,县级督导干部,鲤城区,,auditadministrator', 'C2', '不得兼任'],
  ])('with %s is refused at its cell with a sentence', async (_, row, place, rule) => {
    const { groups, hard } = await preview(row);
    expect(hard).toBeGreaterThan(0);
    expect(groups[0]?.findings[0]).toMatchObject({ place, rule: expect.stringContaining(rule) });
  });

  it('names a school by its code, and a code that does not fit the name is refused', async () => {
    const { rows } = await app.owner.query('select code from schools where id = $1', [schools.first.id]);
    const fits = await preview(`钱一,138000001,校长,,${rows[0].code},`);
    expect(fits.changes.people).toMatchObject([{ placeName: schools.first.name, faulty: false }]);
    const other = await preview(`钱一,138000001,校长,丰泽区,${rows[0].code},`);
    expect(other.groups[0]?.findings[0]).toMatchObject({ place: 'D2', rule: expect.stringContaining('不符') });
  });

  it('names every school of the same name, because one of them must be chosen', async () => {
    await app.owner.query('update schools set name = $1 where id = any($2)', [
      '中心小学',
      [schools.neighbour.id, schools.foreign.id],
    ]);
    const { groups } = await preview('钱一,138000001,校长,中心小学,,');
    expect(groups[0]?.findings[0]?.rule).toMatch(/^有 2 所学校叫“中心小学”（鲤城区 .+、丰泽区 .+），请填写学校标识码$/);
    expect((await preview('钱一,138000001,校长,鲤城区中心小学,,')).hard).toBe(0);
    for (const school of [schools.neighbour, schools.foreign]) {
      await app.owner.query('update schools set name = $1 where id = $2', [school.name, school.id]);
    }
  });

  it('changes nothing where the person holds the post already', async () => {
    const same = await preview(`一小校长,138000001,校长,${schools.first.name},,head`);
    expect(same).toMatchObject({ hard: 0, writable: false, changes: { posts: 0, same: 1 } });
  });
});

describe('a set of posts', () => {
  let setId = '';
  let codes: Awaited<ReturnType<typeof propose>>['codes'] = [];

  it('is proposed with accounts that have no right, no link, and a code each', async () => {
    const made = await propose(
      `陈校长,0595-1001,校长,${schools.first.name},,`,
      `陈填报,0595-1002,学校填报员,${schools.first.name},,`,
      `林校长,0595-1003,校长,${schools.foreign.name},,`,
      '无角色,,县级督导干部,鲤城区,,roleless'.replace(',,', ',0595-1004,'),
    );
    ({ setId, codes } = made);
    expect(made).toMatchObject({ accounts: 3, posts: 4 });
    expect(codes.map(({ name, countyName, code }) => [name, countyName, /^\d{6}$/.test(code)])).toEqual([
      ['陈校长', '鲤城区', true],
      ['陈填报', '鲤城区', true],
      ['林校长', '丰泽区', true],
    ]);
    const { rows } = await app.owner.query(
      `select (select count(*)::int from grants where person_id = any($1)) as grants,
              (select count(*)::int from setup_links where person_id = any($1) and used_at is null) as links`,
      [codes.map(({ personId }) => personId)],
    );
    expect(rows).toEqual([{ grants: 0, links: 0 }]);
    const kept = await app.owner.query(
      `select (select string_agg(s::text, ' ') from setup_codes s) || (select string_agg(after::text, ' ') from audit_events) as kept`,
    );
    for (const { code } of codes) expect(kept.rows[0].kept).not.toContain(`"${code}"`);
  });

  it('shows to the security administrator what each line changes', async () => {
    const seen = await read(setId);
    expect(seen).toMatchObject({ state: 'waiting', proposedBy: '系统员', lines: 4, accounts: 3, refused: 0 });
    expect(seen.rows.map((row) => [row.name, row.isNew, row.held, row.roleName, row.placeName])).toEqual([
      ['陈校长', true, [], '校长', schools.first.name],
      ['陈填报', true, [], '学校填报员', schools.first.name],
      ['无角色', false, [], '县级督导干部', '鲤城区'],
      ['林校长', true, [], '校长', schools.foreign.name],
    ]);
    expect(seen.counts).toContainEqual({
      ...{ countyId: units.fengze.id, countyName: '丰泽区', roleName: '校长', lines: 1 },
    });
    expect((await read(setId, { unitId: units.fengze.id })).rows.map(({ name }) => name)).toEqual(['林校长']);
    expect((await read(setId, { only: 'existing' })).rows.map(({ name }) => name)).toEqual(['无角色']);
    expect(seen.can).toMatchObject({ grant: true, reject: true, sheets: false });
    const own = await system().call(sets.read, { params: { setId } });
    expect(own.can).toMatchObject({ grant: false, reject: true, codes: true });
  });

  it('is not granted by its proposer, whatever the program does', async () => {
    const { digest } = await read(setId);
    const body = { digest, except: [], refused: 0 };
    expect((await system().refused(sets.grant, { params: { setId }, body })).code).toBe('access.denied');
    await expect(
      app.owner.query(
        `update post_sets set state = 'granted', decided_by = proposed_by, decided_at = now() where id = $1`,
        [setId],
      ),
    ).rejects.toThrow(/check constraint/);
    // Somebody who has changed office since.
    await app.owner.query('update post_sets set proposed_by = $1 where id = $2', [security().personId, setId]);
    expect((await security().refused(sets.grant, { params: { setId }, body })).sentence).toBe(
      '不能授予自己提出的名单，请由另一位安全管理员办理。',
    );
    await app.owner.query('update post_sets set proposed_by = $1 where id = $2', [system().personId, setId]);
  });

  it('is not granted where something changed since it was read, nor with lines left out in silence', async () => {
    const { digest } = await read(setId);
    const { personId } = app.as('roleless');
    const body = { digest, except: [], refused: 0 };
    const post = { role: 'section-officer', unitId: units.city.id, schoolId: null };
    await security().call(people.grantRole, { params: { personId }, body: post });
    expect((await security().refused(sets.grant, { params: { setId }, body })).code).toBe('thing.changed');
    const fresh = await read(setId);
    expect(fresh.rows.find(({ name }) => name === '无角色')?.held).toEqual(['市局科室干部（泉州市）']);
    const miscounted = { ...body, digest: fresh.digest, refused: 1 };
    expect((await security().refused(sets.grant, { params: { setId }, body: miscounted })).code).toBe('thing.changed');
  });

  it('is granted as a set without the excepted lines, once, and the audit names both', async () => {
    const except = [4];
    expect(await grantAll(setId, except)).toEqual({ granted: 3, excepted: 1, refused: 0 });
    const seen = await read(setId);
    expect(seen).toMatchObject({ state: 'granted', decidedBy: '安全员', can: { grant: false, sheets: true } });
    expect(seen.rows.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['陈校长', 'granted'],
      ['陈填报', 'granted'],
      ['无角色', 'granted'],
      ['林校长', 'excepted'],
    ]);
    const again = { digest: seen.digest, except: [], refused: 0 };
    expect((await security().refused(sets.grant, { params: { setId }, body: again })).sentence).toContain('已经办结');
    const { rows } = await app.owner.query(
      `select action, actor_name, after ->> 'proposedBy' as proposer, after ->> 'granted' as granted
         from audit_events where object_id = $1 order by id`,
      [setId],
    );
    expect(rows).toEqual([
      { action: 'postSet.proposed', actor_name: '系统员', proposer: null, granted: null },
      { action: 'postSet.granted', actor_name: '安全员', proposer: '系统员', granted: '3' },
    ]);
    const { rows: single } = await app.owner.query(
      `select count(*)::int as n from audit_events where action = 'role.granted' and after ->> 'set' = $1`,
      [setId],
    );
    expect(single).toEqual([{ n: 3 }]);
  });

  it('hands out sheets by county, whose links open only with the code of the other administrator', async () => {
    expect((await system().refused(sets.sheets, { params: { setId }, body: {} })).code).toBe('access.denied');
    expect((await security().refused(sets.codes, { params: { setId }, body: {} })).code).toBe('access.denied');
    const none = await security().call(sets.sheets, { params: { setId }, body: { unitId: units.fengze.id } });
    expect(none.rows).toEqual([]);
    const first = await security().call(sets.sheets, { params: { setId }, body: { unitId: units.licheng.id } });
    expect(first.rows.map((row) => [row.name, row.placeName, row.roleNames])).toEqual([
      ['陈校长', schools.first.name, '校长'],
      ['陈填报', schools.first.name, '学校填报员'],
    ]);
    expect(first.rows[0]!.contact).toBe('联系人 0595-22000000');
    // Where the unit names nobody, whoever proposed the posts is asked.
    await app.owner.query('update org_units set contact_name = null, contact_phone = null where id = $1', [
      units.licheng.id,
    ]);
    const again = await security().call(sets.sheets, { params: { setId }, body: {} });
    expect(again.rows.map(({ contact }) => contact)).toEqual(Array(2).fill('系统管理员 系统员'));
    await app.owner.query('update org_units set contact_name = $2, contact_phone = $3 where id = $1', [
      ...[units.licheng.id, '联系人', '0595-22000000'],
    ]);
    const head = again.rows[0]!;
    const code = codes.find(({ personId }) => personId === head.personId)!.code;
    // A sheet that is printed anew makes the older one void.
    expect((await app.stranger.refused(session.useLink, use(first.rows[0]!.link, code))).code).toBe('access.linkOver');
    const seen = await app.stranger.call(session.inspectLink, { body: { token: tokenOf(head.link) } });
    expect(seen).toMatchObject({ purpose: 'password', code: true });
    // The security administrator has the link alone.
    expect((await app.stranger.refused(session.useLink, use(head.link))).code).toBe('access.linkCodeWrong');
    await app.stranger.call(session.useLink, use(head.link, code));
    expect(await signsIn(head.username)).toBe(true);
    const rest = await security().call(sets.sheets, { params: { setId }, body: {} });
    expect(rest).toMatchObject({ inUse: 2, rows: [{ name: '陈填报' }] });
  });

  it('five wrong codes end code and link, and the way out is a new code and a new sheet', async () => {
    const { rows } = await security().call(sets.sheets, { params: { setId }, body: {} });
    const [clerk] = rows;
    const code = codes.find(({ personId }) => personId === clerk!.personId)!.code;
    const wrong = code === '000000' ? '000001' : '000000';
    const tries = [];
    for (let number = 0; number < 3; number += 1) {
      tries.push(await app.stranger.refused(session.useLink, use(clerk!.link, wrong)));
    }
    // A new sheet gives no new tries.
    const anew = (await security().call(sets.sheets, { params: { setId }, body: {} })).rows[0]!;
    for (let number = 0; number < 2; number += 1) {
      tries.push(await app.stranger.refused(session.useLink, use(anew.link, wrong)));
    }
    expect(tries.map(({ code: refusal }) => refusal)).toEqual([
      ...Array(4).fill('access.linkCodeWrong'),
      'access.linkCodeOver',
    ]);
    expect(tries[0]!.sentence).toContain('还可以再试 4 次');
    expect((await app.stranger.refused(session.useLink, use(anew.link, code))).code).toBe('access.linkOver');
    const spent = await security().call(sets.sheets, { params: { setId }, body: {} });
    expect(spent).toMatchObject({ rows: [], withoutCode: 1 });
    const given = await system().call(sets.codes, { params: { setId }, body: {} });
    const link = (await security().call(sets.sheets, { params: { setId }, body: {} })).rows[0]!;
    await app.stranger.call(session.useLink, use(link.link, given.rows[0]!.code));
    expect(await signsIn(link.username)).toBe(true);
  });

  it('is rejected with a reason, and its accounts keep no right', async () => {
    const made = await propose(`赵校长,0595-2001,校长,${schools.foreign.name},,`);
    const params = { setId: made.setId };
    await security().call(sets.reject, { params, body: { reason: '名单有误' } });
    expect(await read(made.setId)).toMatchObject({ state: 'rejected', reason: '名单有误', can: { grant: false } });
    expect((await system().refused(sets.codes, { params, body: {} })).sentence).toContain('重新导入名单');
  });

  it('refuses the line of a person whose account was disabled since, and says so before', async () => {
    const made = await propose(
      `孙校长,0595-3001,校长,${schools.foreign.name},,`,
      `周校长,0595-3002,校长,${schools.foreign.name},,`,
    );
    const personId = made.codes[0]!.personId;
    await system().call(people.setStatus, { params: { personId }, body: { status: 'disabled' } });
    const seen = await read(made.setId, { only: 'refused' });
    expect(seen.rows).toMatchObject([{ name: '孙校长', refusal: '账户已停用，不能授予角色；请先恢复账户。' }]);
    expect(await grantAll(made.setId)).toEqual({ granted: 1, excepted: 0, refused: 1 });
  });
});

describe('one person proposed by a form', () => {
  const officer = { name: '林督导', phone: '0595-63930001', role: 'city-officer' };
  const waiting = async () => (await security().call(home.overview)).work;

  it('waits as a set of one post, is granted by another, and enters with link and code', async () => {
    const before = (await waiting()).find(({ kind }) => kind === 'people.withoutRole')?.count;
    const { setId, username, codes } = await system().call(sets.propose, { body: officer });
    expect(username).toBe('ldd0001');
    expect(await waiting()).toContainEqual({
      kind: 'people.postSets',
      count: 1,
      oldestDays: null,
      subject: setId,
      parts: [],
    });
    // Whoever waits in a set is granted with it and not one by one.
    expect((await waiting()).find(({ kind }) => kind === 'people.withoutRole')?.count).toBe(before);
    const { rows } = await security().call(people.list, { query: { mark: 'no-role' } });
    expect(rows.map(({ name }) => name)).not.toContain('林督导');
    expect(await read(setId)).toMatchObject({ fileName: '林督导（市级督导干部）', lines: 1, accounts: 1 });
    expect(await grantAll(setId)).toEqual({ granted: 1, excepted: 0, refused: 0 });
    const sheet = await security().call(sets.sheets, { params: { setId }, body: {} });
    await app.stranger.call(session.useLink, use(sheet.rows[0]!.link, codes[0]!.code));
    expect(await signsIn(username)).toBe(true);
  });

  it('is refused where the list would be refused, at the field, and where nothing would change', async () => {
    const refused = (body: object) => system().refused(sets.propose, { body: { ...officer, ...body } });
    expect((await refused({})).sentence).toBe('林督导已有市级督导干部的岗位，无须再次提出。');
    expect((await refused({ name: '另一人', phone: '12' })).details).toEqual({
      issues: [{ path: 'phone', message: '电话至少 4 位数字' }],
    });
    expect((await refused({ name: '另一人', role: 'audit-administrator' })).details).toEqual({
      issues: [{ path: 'role', message: '审计管理员不在名单里授予，请由安全管理员在其账户页办理' }],
    });
    expect((await refused({ name: '另一人', role: 'county-officer', place: '无此区' })).details).toEqual({
      issues: [{ path: 'place', message: '没有单位“无此区”' }],
    });
  });
});

describe('3,500 posts', () => {
  it('are proposed, granted and handed out in few statements', async () => {
    const lines = Array.from({ length: 3500 }, (_, index) => {
      const role = index % 2 === 0 ? '校长' : '学校填报员';
      return `试验人员,1390000${String(index).padStart(4, '0')},${role},${schools.first.name},,`;
    });
    const counted = async <Result>(act: () => Promise<Result>) => {
      const before = app.statements.length;
      const result = await act();
      return { result, statements: app.statements.length - before };
    };
    const seen = await counted(() => preview(...lines));
    expect(seen.result).toMatchObject({ hard: 0, changes: { total: 3500, accounts: 3500, posts: 3500 } });
    expect(seen.result.changes.people).toHaveLength(200);
    const params = { importId: seen.result.importId };
    const made = await counted(() => system().call(imports.confirmImport, { params }));
    expect(made.result.codes).toHaveLength(3500);
    const { setId } = made.result;
    const granted = await counted(() => grantAll(setId));
    expect(granted.result).toEqual({ granted: 3500, excepted: 0, refused: 0 });
    const sheets_ = await counted(() => security().call(sets.sheets, { params: { setId }, body: {} }));
    expect(sheets_.result.rows).toHaveLength(3500);
    for (const { statements } of [seen, made, granted, sheets_]) expect(statements).toBeLessThan(40);
  }, 60_000);
});
