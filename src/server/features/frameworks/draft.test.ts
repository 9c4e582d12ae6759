import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as frameworks from '#contract/frameworks/frameworks.ts';
import type { RouteArguments } from '#contract/route.ts';
import { generatesLeaves, withGeneratedLeaves } from '#domain/framework/score/generated-leaves.ts';
import { prepare } from '#test/reference/frameworks/read-frameworks.ts';
import { row, table } from '#test/reference/frameworks/rules/rule-edition.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { frameworksFeature } from './frameworks.feature.ts';
import { prepareFrameworks } from './shipped-editions.act.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [frameworksFeature] });
  await prepareFrameworks(app.services.pool, app.services.now);
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
type WrittenCell = RouteArguments<typeof frameworks.writeCells>['body']['cells'][number];

const copyOf = async (key: string) => (await city().call(frameworks.copy, { body: { key, revision: 1 } })).id;
const read = (draftId: string) => city().call(frameworks.readDraft, { params: { draftId } });

describe('a copy of an edition', () => {
  it('is a sample of this city under a key of its own, once at a time, and leaves the document as it was', async () => {
    const id = await copyOf('sichuan-compulsory-model-county');
    const draft = await read(id);
    expect(draft).toMatchObject({ key: 'sichuan-compulsory-model-county-own', state: 'draft', revision: 1 });
    expect(draft.definition).toMatchObject({ authority: 'sample', completedBy: expect.stringContaining('市') });
    expect(draft.openCodes.length).toBeGreaterThan(0);
    const again = await city().refused(frameworks.copy, {
      body: { key: 'sichuan-compulsory-model-county', revision: 1 },
    });
    expect(again.code).toBe('thing.exists');
    const origin = await city().call(frameworks.read, { params: { key: 'sichuan-compulsory-model-county' } });
    expect(origin.definition.authority).toBe('official-partial');
  });

  it('is made by nobody below the city, and given up with a reason', async () => {
    const body = { key: 'strong-county-sample', revision: 1 };
    expect((await app.as('countyDirector').refused(frameworks.copy, { body })).status).toBe(403);
    const id = await copyOf(body.key);
    const at = { params: { draftId: id } };
    const given = await city().call(frameworks.discard, { ...at, body: { revision: 1, reason: '不再需要' } });
    expect(given.state).toBe('discarded');
    const write = { ...at, body: { cells: [{ code: 'C1', field: 'title', value: '名称', version: 0 } as const] } };
    expect((await city().refused(frameworks.writeCells, write)).code).toBe('flow.notInState');
    expect((await city().call(frameworks.drafts, {})).rows.map((one) => one.id)).not.toContain(id);
  });
});

describe('the cells of a draft', () => {
  it('are written side by side, and no cell over what somebody wrote meanwhile', async () => {
    const id = await copyOf('quality-school-sample');
    const at = { params: { draftId: id } };
    const code = (await read(id)).definition.indicators[0]!.code;
    const title = (value: string, version: number) => ({ cells: [{ code, field: 'title' as const, value, version }] });
    const evidence = { cells: [{ code, field: 'evidence' as const, value: '会议记录', version: 0 }] };
    await city().call(frameworks.writeCells, { ...at, body: title('第一稿', 0) });
    const after = await city().call(frameworks.writeCells, { ...at, body: evidence });
    expect(after.versions).toEqual({ [`${code}.title`]: 1, [`${code}.evidence`]: 1 });
    const late = await city().refused(frameworks.writeCells, { ...at, body: title('另一稿', 0) });
    expect([late.code, late.message]).toEqual(['thing.changed', expect.stringContaining(`指标 ${code} 的名称`)]);
    expect((await read(id)).definition.indicators[0]).toMatchObject({ title: '第一稿', evidence: '会议记录' });
    const same = await city().refused(frameworks.writeCells, { ...at, body: title('第一稿', 1) });
    expect(same.code).toBe('thing.nothingChanges');
    const long = { cells: [{ code, field: 'text' as const, value: '长'.repeat(4000), version: 0 }] };
    await city().call(frameworks.writeCells, { ...at, body: long });
    const none = { cells: [{ code: 'X9', field: 'title' as const, value: '名称', version: 0 }] };
    expect((await city().refused(frameworks.writeCells, { ...at, body: none })).code).toBe('thing.notFound');
    const { rows } = await app.owner.query(
      `select after ->> 'written' as cells from audit_events where action = 'framework-draft.written' and object_id = $1 order by id`,
      [id],
    );
    expect(rows.map(({ cells }) => JSON.parse(cells))).toEqual([
      [`${code} 名称：第一稿`],
      [`${code} 佐证材料：会议记录`],
      [`${code} 内容：${'长'.repeat(200)}…（共 4000 字）`],
    ]);
  });

  it('hold how many photographs an indicator asks, until none are asked', async () => {
    const id = await copyOf('inspector-appraisal-sample');
    const { definition } = await read(id);
    const code = definition.indicators.find(({ method }) => method != null)!.code;
    const write = (value: number | null, version: number) => ({
      ...{ params: { draftId: id } },
      body: { cells: [{ code, field: 'photos' as const, value, version }] },
    });
    const of = (draft: Awaited<ReturnType<typeof read>>) =>
      draft.definition.indicators.find((one) => one.code === code)!;
    expect(of(await city().call(frameworks.writeCells, write(3, 0))).photos).toBe(3);
    expect('photos' in of(await city().call(frameworks.writeCells, write(null, 1)))).toBe(false);
    for (const wrong of [0, 1.5, 101]) {
      expect((await city().refused(frameworks.writeCells, write(wrong, 2))).code).toBe('request.invalid');
    }
  });

  it('are shown with what no campaign knows of that which they ask', async () => {
    expect((await read(await copyOf('visit-eight-matters-sample'))).unknowable).toContain('连续判否次数');
    expect((await read(await copyOf('county-inspection-sample'))).unknowable).toEqual([]);
  });

  it('of the whole are its full mark above zero and a title, and the refusal says so', async () => {
    const id = await copyOf('special-safety-sample');
    const at = { params: { draftId: id } };
    const cell = { code: frameworks.wholeCode, version: 0 };
    for (const wrong of [
      { ...cell, field: 'points' as const, value: 0 },
      { ...cell, field: 'title' as const, value: ' ' },
      { ...cell, field: 'weight' as const, value: 2 },
    ]) {
      const refused = await city().refused(frameworks.writeCells, { ...at, body: { cells: [wrong] } });
      expect([refused.code, refused.message]).toEqual(['request.invalid', expect.stringContaining('满分应大于 0')]);
    }
    const cells = [{ ...cell, field: 'title' as const, value: '本市校园安全专项' }];
    const after = await city().call(frameworks.writeCells, { ...at, body: { cells } });
    const { rows } = await city().call(frameworks.drafts, {});
    const listed = rows.find((one) => one.id === id);
    expect(listed).toMatchObject({ title: '本市校园安全专项', leaves: after.leaves, open: after.openCodes.length });
    expect(listed!.leaves).toBeGreaterThan(3);
  });
});

describe('what an edition says beside its tree', () => {
  const parts = {
    applies: '办学类型 属于 ("211", "311")',
    attributes: [{ name: '类别', values: ['城区', '农村'] }],
    facts: [{ name: '事实:安全演练次数', type: 'number', unit: '次', period: 'calendarYear' }],
    reads: { calendarYear: -1, schoolYear: 0 },
    raters: { self: 40, office: 60 },
    gradeConversion: { 优秀: 95, 合格: 70 },
    relaxations: [
      {
        codes: ['C1'],
        when: null,
        replace: { note: '过渡期内从宽' },
        until: '2028-12-31',
        basis: '通知',
        duty: '逐年跟踪',
      },
    ],
    flags: { rank: true, reasonRequired: ['no'], minimumMonths: 6 },
  } as const;
  const cellsOf = (version: number, value: (field: string) => unknown) =>
    Object.keys(parts).map(
      (field) => ({ code: frameworks.wholeCode, field, version, value: value(field) }) as unknown as WrittenCell,
    );

  it('is written by hand: whom it is for, its own facts and attributes, raters, relaxations, flags', async () => {
    const id = await copyOf('special-opening-sample');
    const at = { params: { draftId: id } };
    const before = await city().call(frameworks.readDraft, at);
    const code = before.definition.indicators.find(({ method }) => method != null)!.code;
    const relaxations = [{ ...parts.relaxations[0], codes: [code] }];
    const all: Record<string, unknown> = { ...parts, relaxations };
    const written = await city().call(frameworks.writeCells, {
      ...at,
      body: { cells: cellsOf(0, (field) => all[field]) },
    });
    expect(written.definition).toMatchObject(all);
    expect(written.issues.filter(({ path }) => Object.keys(parts).some((field) => path.startsWith(field)))).toEqual([]);
    const nothing = (field: string) => (field === 'applies' ? '' : null);
    const emptied = await city().call(frameworks.writeCells, { ...at, body: { cells: cellsOf(1, nothing) } });
    expect(Object.keys(parts).filter((field) => field in emptied.definition)).toEqual([]);
    const flags = cellsOf(2, () => ({})).filter(({ field }) => field === 'flags');
    expect((await city().refused(frameworks.writeCells, { ...at, body: { cells: flags } })).code).toBe(
      'thing.nothingChanges',
    );
  });
});

describe('the tree of a draft', () => {
  const body = { title: '校园文化评估', edition: '2026 年', subject: 'school', max: 100, first: '文化建设' } as const;
  const begun = async () => {
    const { id } = await city().call(frameworks.begin, { body });
    return { params: { draftId: id } };
  };
  const add = (code: string, parent: string | null, points: number, before: string | null = null) =>
    ({ act: 'add', code, parent, before, title: `指标${code}`, points }) as const;
  type Change = frameworks.TreeChange;
  const change = (at: Awaited<ReturnType<typeof begun>>, one: frameworks.TreeChange) =>
    city().call(frameworks.changeTree, { ...at, body: { change: one } });
  const codes = (draft: { definition: { indicators: readonly { code: string }[] } }) =>
    draft.definition.indicators.map(({ code }) => code);

  it('begins with nothing but a name, is typed, and is usable the same evening', async () => {
    const at = await begun();
    await change(at, add('B1', 'A1', 60));
    const added = await change(at, add('B2', 'A1', 50));
    expect(added).toMatchObject({ code: 'B2', basedOn: null });
    expect(added.issues).toMatchObject([{ code: 'A1', message: expect.stringContaining('下级分值之和为 110') }]);
    const points = { code: 'B2', field: 'points' as const, value: 40, version: 0 };
    const method = {
      ...{ code: 'B1', field: 'method' as const, version: 0 },
      value: { kind: 'elements' as const, elements: [{ text: '有方案' }, { text: '有总结' }], cost: 30, floor: 0 },
    };
    const rule = {
      ...{ code: frameworks.wholeCode, field: 'vetoes' as const, version: 0 },
      value: [{ code: 'V1', text: '发生安全责任事故', when: 'leaf(B1)<leaf(B9)', lookBackYears: 1 }],
    };
    const wrong = await city().call(frameworks.writeCells, { ...at, body: { cells: [points, method, rule] } });
    expect(wrong.issues.map(({ message }) => message)).toEqual([expect.stringContaining('没有代码为“B9”的指标')]);
    const right = { ...rule, version: 1, value: [{ ...rule.value[0]!, when: 'leaf(B1)<30' }] };
    const conclusions = {
      ...{ code: frameworks.wholeCode, field: 'conclusions' as const, version: 0 },
      value: table('等次', row('优秀', 'total>=85', 'no veto'), row('合格')),
    };
    const done = await city().call(frameworks.writeCells, { ...at, body: { cells: [right, conclusions] } });
    expect(done).toMatchObject({ issues: [], openCodes: [] });
    const published = await city().call(frameworks.publish, {
      ...at,
      body: { revision: done.revision, note: '首次发布' },
    });
    const tried = await city().call(frameworks.tryOut, {
      params: { key: published.key },
      body: {
        ...{ revision: 1, year: 2025 },
        answers: [
          { code: 'B1', missing: 0 },
          { code: 'B2', points: 38 },
        ],
      },
    });
    expect([tried.total, tried.conclusions[0]?.name]).toEqual(['98', '优秀']);
  });

  it('has an indicator filled with the problems of the last round once that is ticked', async () => {
    const at = await begun();
    await change(at, add('B1', 'A1', 60));
    await change(at, add('B2', 'A1', 40));
    const cell = (value: 'earlier-findings' | null, version: number) => ({
      cells: [{ code: 'B2', field: 'generatedFrom' as const, value, version }],
    });
    const ticked = await city().call(frameworks.writeCells, { ...at, body: cell('earlier-findings', 0) });
    expect(ticked).toMatchObject({ issues: [], openCodes: [] });
    const taken = await city().call(frameworks.writeCells, { ...at, body: cell(null, 1) });
    expect(generatesLeaves(prepare(taken.definition))).toBe(false);
    const again = await city().call(frameworks.writeCells, { ...at, body: cell('earlier-findings', 2) });
    const { key } = await city().call(frameworks.publish, { ...at, body: { revision: again.revision, note: '首次' } });
    const { definition } = await city().call(frameworks.read, { params: { key }, query: {} });
    const own = withGeneratedLeaves(prepare(definition), [{ title: '校车没有备案' }, { title: '消防通道堵塞' }]);
    expect(own.leaves.map(({ indicator }) => [indicator.code, indicator.points])).toEqual([
      ['B1', 60],
      ['B2-1', 20],
      ['B2-2', 20],
    ]);
  });

  it('is tried before it is published, as it stands and by whoever has read it', async () => {
    const at = await begun();
    const half = await change(at, add('B1', 'A1', 60));
    const question = (revision: number, more: object = {}) => ({ ...at, body: { revision, year: 2025, ...more } });
    const early = await city().refused(frameworks.tryDraft, question(half.revision));
    expect([early.code, early.message]).toEqual(['framework.invalid', expect.stringContaining('A1')]);
    const filled = await change(at, add('B2', 'A1', 40));
    const graded = (then: string) => table('等次', row(then, 'total>=85'), row('合格'));
    const whole = { code: frameworks.wholeCode, field: 'conclusions' as const };
    const written = await city().call(frameworks.writeCells, {
      ...at,
      body: { cells: [{ ...whole, version: 0, value: graded('优秀') }] },
    });
    const answers = [
      { code: 'B1', points: 55 },
      { code: 'B2', points: 38 },
    ];
    const tried = await city().call(frameworks.tryDraft, question(written.revision, { answers }));
    expect([tried.total, tried.conclusions[0]?.name]).toEqual(['93', '优秀']);
    const overtaken = await city().refused(frameworks.tryDraft, question(filled.revision, { answers }));
    expect(overtaken.code).toBe('thing.changed');
    // The table is put right in the draft, and tried anew.
    const mended = await city().call(frameworks.writeCells, {
      ...at,
      body: { cells: [{ ...whole, version: 1, value: graded('示范') }] },
    });
    const again = await city().call(frameworks.tryDraft, question(mended.revision, { answers }));
    expect(again.conclusions[0]?.name).toBe('示范');
    expect((await city().call(frameworks.readDraft, at)).revision).toBe(mended.revision);
    const county = await app.as('countyDirector').refused(frameworks.tryDraft, question(mended.revision));
    expect(county.status).toBe(403);
    const { rows } = await app.owner.query(
      `select after ->> 'total' as total from audit_events where action = 'framework-draft.tried' and object_id = $1`,
      [at.params.draftId],
    );
    expect(rows).toEqual([{ total: '93' }, { total: '93' }]);
    const gone = { ...at, body: { revision: mended.revision, reason: '不再需要' } };
    const { revision } = await city().call(frameworks.discard, gone);
    expect((await city().refused(frameworks.tryDraft, question(revision))).code).toBe('flow.notInState');
  });

  it('with a place that nobody knows is tried by nobody, and the refusal names it', async () => {
    const id = await copyOf('sports-work-school-2014');
    const draft = await read(id);
    const refused = await city().refused(frameworks.tryDraft, {
      params: { draftId: id },
      body: { revision: draft.revision, year: 2025 },
    });
    expect(draft.openCodes.length).toBeGreaterThan(0);
    expect([refused.code, refused.message]).toEqual([
      'framework.incomplete',
      expect.stringContaining(draft.openCodes[0]!),
    ]);
  });

  it('takes only parts with the shape of an edition, and says what is wrong with them', async () => {
    const at = await begun();
    const cell = (value: object) => ({
      ...at,
      body: { cells: [{ code: 'A1', field: 'method' as const, value: value as never, version: 0 }] },
    });
    const refused = await city().refused(frameworks.writeCells, cell({ kind: 'linear', floor: 1 }));
    expect([refused.code, refused.message]).toEqual(['framework.invalid', expect.stringContaining('A1')]);
    const unknown = await city().refused(frameworks.writeCells, cell({ kind: 'yesNo', yes: 1, no: 0, maybe: 1 }));
    expect(unknown.message).toContain('maybe');
    const whole = { code: frameworks.wholeCode, field: 'method' as const, value: null, version: 0 };
    expect((await city().refused(frameworks.writeCells, { ...at, body: { cells: [whole] } })).code).toBe(
      'request.invalid',
    );
  });

  it('is moved, copied, renamed and cut, each with what was seen, and never over somebody else', async () => {
    const at = await begun();
    await change(at, add('B1', 'A1', 60));
    await change(at, add('B2', 'A1', 40));
    const moved = await change(at, { act: 'move', code: 'B2', version: 1, parent: 'A1', before: 'B1' });
    expect(codes(moved)).toEqual(['A1', 'B2', 'B1']);
    const late = await city().refused(frameworks.changeTree, {
      ...at,
      body: { change: { act: 'move', code: 'B2', version: 1, parent: null, before: null } },
    });
    expect([late.code, late.message]).toEqual(['thing.changed', expect.stringContaining('指标 B2')]);
    const copied = await change(at, { act: 'copy', code: 'B2', parent: 'A1', before: null });
    expect([copied.code, codes(copied)]).toEqual(['B3', ['A1', 'B2', 'B1', 'B3']]);
    const title = { code: 'B3', field: 'title' as const, value: '副本', version: 0 };
    await city().call(frameworks.writeCells, { ...at, body: { cells: [title] } });
    const renamed = await change(at, { act: 'rename', code: 'B3', version: 1, to: 'B30' });
    expect(renamed.versions).toMatchObject({ 'B30.title': 1, 'B30.place': 2 });
    // Whoever takes a branch out has seen all that was written in it.
    const cut = (written: number): Change => ({ act: 'remove', code: 'B30', written });
    expect((await city().refused(frameworks.changeTree, { ...at, body: { change: cut(3) } })).code).toBe(
      'thing.changed',
    );
    const gone = await change(at, cut(4));
    expect([gone.code, codes(gone)]).toEqual([null, ['A1', 'B2', 'B1']]);
    const used = { change: add('B1', 'A1', 1) };
    expect((await city().refused(frameworks.changeTree, { ...at, body: used })).code).toBe('thing.exists');
  });

  it('gives the last change back while nobody has changed anything since', async () => {
    const at = await begun();
    await change(at, add('B1', 'A1', 100));
    const cut = await change(at, { act: 'remove', code: 'B1', written: 2 });
    expect(cut.undo).toMatchObject({ act: '删去指标 B1' });
    const stale = await city().refused(frameworks.undoChange, { ...at, body: { revision: cut.revision - 1 } });
    expect(stale.code).toBe('thing.changed');
    const back = await city().call(frameworks.undoChange, { ...at, body: { revision: cut.revision } });
    expect(codes(back)).toEqual(['A1', 'B1']);
    // A cell that came back counts as written: who saw it before does not write over it.
    const cell = { code: 'A1', field: 'title' as const, value: '另一名称', version: 0 };
    const written = await city().call(frameworks.writeCells, { ...at, body: { cells: [cell] } });
    const undone = await city().call(frameworks.undoChange, { ...at, body: { revision: written.revision } });
    expect(undone.definition.indicators[0]!.title).toBe('文化建设');
    expect(undone.versions['A1.title']).toBe(2);
    const redone = { ...at, body: { revision: undone.revision, again: true } };
    const again = await city().call(frameworks.undoChange, redone);
    expect(again.definition.indicators[0]!.title).toBe('另一名称');
  });

  it('lets nobody write over what was written before an indicator went and came back', async () => {
    const at = await begun();
    await change(at, add('B1', 'A1', 100));
    const title = (value: string, version: number) => ({
      ...at,
      body: { cells: [{ code: 'B1', field: 'title' as const, value, version }] },
    });
    await city().call(frameworks.writeCells, title('同事写的', 0));
    const away: Change[] = [
      { act: 'rename', code: 'B1', version: 1, to: 'B9' },
      { act: 'remove', code: 'B1', written: 4 },
    ];
    for (const one of away) {
      const { revision } = await change(at, one);
      const back = await city().call(frameworks.undoChange, { ...at, body: { revision } });
      expect(codes(back)).toEqual(['A1', 'B1']);
      expect((await city().refused(frameworks.writeCells, title('没有看见', 0))).code).toBe('thing.changed');
    }
  });

  it('gives several changes back one after the other, and makes them again until somebody writes', async () => {
    const at = await begun();
    await change(at, add('B1', 'A1', 60));
    await change(at, add('B2', 'A1', 40));
    let draft = await change(at, add('B3', 'A1', 10));
    const step = async (again: boolean) => {
      const body = { revision: draft.revision, again };
      draft = { ...(await city().call(frameworks.undoChange, { ...at, body })), code: null };
      return codes(draft).join(' ');
    };
    expect([await step(false), await step(false), await step(false)]).toEqual(['A1 B1 B2', 'A1 B1', 'A1']);
    expect(draft).toMatchObject({ undo: null, redo: { act: '增加指标 B1 指标B1' } });
    const none = await city().refused(frameworks.undoChange, { ...at, body: { revision: draft.revision } });
    expect(none.code).toBe('thing.notFound');
    expect([await step(true), await step(true)]).toEqual(['A1 B1', 'A1 B1 B2']);
    expect(draft).toMatchObject({ undo: { act: '增加指标 B2 指标B2' }, redo: { act: '增加指标 B3 指标B3' } });
    draft = await change(at, add('B4', 'A1', 5));
    expect(draft.redo).toBeNull();
    expect(await step(false)).toBe('A1 B1 B2');
    // As many as are kept, and no more.
    for (let turn = 0; turn < 25; turn += 1) {
      const cell = { code: 'A1', field: 'title' as const, value: `名称${turn}`, version: turn };
      draft = { ...(await city().call(frameworks.writeCells, { ...at, body: { cells: [cell] } })), code: null };
    }
    const { rows } = await app.owner.query(
      'select count(*)::int as kept, max(position) as newest from framework_draft_copies where draft_id = $1',
      [at.params.draftId],
    );
    // Each of them is a row of its own: a cell writes one copy, and leaves the others as they are.
    expect(rows).toEqual([{ kept: 20, newest: 27 }]);
    const written = await app.owner.query(
      'select count(distinct xmin::text)::int as acts from framework_draft_copies where draft_id = $1',
      [at.params.draftId],
    );
    expect(written.rows).toEqual([{ acts: 20 }]);
  });
});

describe('a publication', () => {
  it('is refused with every node that nobody knows or that does not add up, and makes a sample of this city', async () => {
    const id = await copyOf('basic-balance-gov-variant');
    const at = { params: { draftId: id } };
    let draft = await read(id);
    const { definition } = draft;
    const refused = await city().refused(frameworks.publish, { ...at, body: { revision: 1, note: '首次发布' } });
    expect(refused.code).toBe('framework.incomplete');
    expect((refused.details as { codes: string[] }).codes).toEqual(draft.openCodes);

    // The city gives every unknown leaf points of its own, does without the rows that were not seen, and sums up.
    const isInner = (code: string) => definition.indicators.some(({ parent }) => parent === code);
    const leaves = definition.indicators.filter(({ code }) => !isInner(code));
    const cells = leaves.map(({ code }) => ({ code, field: 'points' as const, value: 1, version: 0 }));
    draft = await city().call(frameworks.writeCells, { ...at, body: { cells } });
    expect(draft.issues.length).toBeGreaterThan(0);
    const invalid = await city().refused(frameworks.publish, {
      ...at,
      body: { revision: draft.revision, note: '首次发布' },
    });
    expect(invalid.code).toBe('framework.invalid');
    expect(draft.issues.some(({ message }) => message.includes('下级分值之和'))).toBe(true);

    for (const { title } of definition.gaps) {
      draft = await city().call(frameworks.fillGap, {
        ...at,
        body: { revision: draft.revision, title, indicator: null },
      });
    }
    const totalOf = (code: string): number => {
      const below = definition.indicators.filter(({ parent }) => parent === code);
      return below.length === 0 ? 1 : below.reduce((sum, one) => sum + totalOf(one.code), 0);
    };
    const sums = definition.indicators
      .filter(({ code }) => isInner(code))
      .map(({ code }) => ({ code, field: 'points' as const, value: totalOf(code), version: 0 }));
    draft = await city().call(frameworks.writeCells, { ...at, body: { cells: sums } });
    const whole = definition.indicators
      .filter(({ parent }) => parent === null)
      .reduce((sum, one) => sum + totalOf(one.code), 0);
    const max = [{ code: frameworks.wholeCode, field: 'points' as const, value: whole, version: 0 }];
    if (whole !== draft.definition.max)
      draft = await city().call(frameworks.writeCells, { ...at, body: { cells: max } });
    // What is left are methods whose steps were made for other points, each at its own node.
    expect(draft.issues.filter(({ message }) => message.includes('之和'))).toEqual([]);
    expect(draft.issues.every(({ code }) => leaves.some((leaf) => leaf.code === code))).toBe(true);
    expect(draft.openCodes).toEqual([]);
  });

  it('of a complete copy is a further edition that the whole city reads, and never changes', async () => {
    const id = await copyOf('innovation-county-sample');
    const at = { params: { draftId: id } };
    const stale = await city().refused(frameworks.publish, { ...at, body: { revision: 7, note: '首次发布' } });
    expect(stale.code).toBe('thing.changed');
    const published = await city().call(frameworks.publish, { ...at, body: { revision: 1, note: '首次发布' } });
    expect(published).toMatchObject({
      ...{ key: 'innovation-county-sample-own', revision: 1, authority: 'sample', state: 'ready', shipped: false },
      completedBy: expect.stringContaining('市'),
    });
    const seen = await app.as('countyOfficer').call(frameworks.read, { params: { key: published.key } });
    expect(seen.basedOn).toMatchObject({ key: 'innovation-county-sample', revision: 1 });
    expect((await read(id)).state).toBe('published');

    // A start lays what ships and leaves the city's own edition alone.
    expect(await prepareFrameworks(app.services.pool, app.services.now)).toEqual({ added: 0 });
    const next = await city().call(frameworks.copy, { body: { key: published.key, revision: 1 } });
    const nextAt = { params: { draftId: next.id } };
    const nothing = await city().refused(frameworks.publish, { ...nextAt, body: { revision: 1, note: '再次发布' } });
    expect(nothing.code).toBe('thing.nothingChanges');
    const { code } = (await read(next.id)).definition.indicators[0]!;
    const cells = [{ code, field: 'title' as const, value: '改过的名称', version: 0 }];
    const { revision } = await city().call(frameworks.writeCells, { ...nextAt, body: { cells } });
    const second = await city().call(frameworks.publish, { ...nextAt, body: { revision, note: '改名称' } });
    expect(second.revision).toBe(2);
    const compared = await city().call(frameworks.compare, {
      query: { first: published.key, firstRevision: 1, second: published.key, secondRevision: 2 },
    });
    expect(compared.changes.map((one) => [one.code, one.change, one.texts])).toEqual([[code, 'changed', ['title']]]);
  });

  it('puts an indicator into the place of a row that was not seen, below its parent', async () => {
    const id = await copyOf('kindergarten-hubei-2016');
    const at = { params: { draftId: id } };
    const draft = await read(id);
    const [gap] = draft.definition.gaps;
    const indicator = { code: 'B17', title: '保教活动', points: 80 };
    const body = { revision: draft.revision, title: gap!.title, indicator };
    const filled = await city().call(frameworks.fillGap, { ...at, body });
    expect(filled.definition.gaps).toEqual([]);
    const codes = filled.definition.indicators.map(({ code }) => code);
    expect(filled.definition.indicators.find(({ code }) => code === 'B17')).toMatchObject({
      parent: gap!.under,
      points: 80,
    });
    expect(codes.indexOf('B17')).toBeGreaterThan(codes.indexOf(gap!.under!));
    expect(filled.issues).toEqual([]);
    const taken = { revision: filled.revision, title: gap!.title, indicator };
    expect((await city().refused(frameworks.fillGap, { ...at, body: taken })).code).toBe('thing.notFound');
  });
});
