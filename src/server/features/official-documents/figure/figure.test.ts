import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as letters from '#contract/official-documents/letters.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import type { FigureAsked } from '#domain/letter/figure.shape.ts';
import { at, content, LetterScene, ofUnit } from '#test/support/product/letter-scene.ts';
import { readPdf } from '#test/support/product/pdf-pages.ts';
import { units } from '#test/support/scenario.ts';

let scene: LetterScene;

beforeAll(async () => {
  scene = await LetterScene.open();
});
afterAll(() => scene.app.close());

const duty = { type: 'unit' as const, id: units.licheng.id };
const enter = (title: string) =>
  scene.as('cityOfficer').call(rectifications.enter, { body: { kind: 'duty', foundOn: '2025-10-10', duty, title } });
const openFindings = { query: 'rectifications.count', unitId: units.licheng.id, year: 2025, choice: 'open' } as const;
/** What the desk sends of a figure: its value is no matter, the server reads it. */
const figure = (key: number, asked: FigureAsked) => ({
  ...{ key, asked, title: '', label: '', value: '999', readAt: '2025-10-15T00:00:00.000Z', certificate: [] },
});
const sentence = (text: string) => ({ body: [{ kind: 'paragraph' as const, text }] });
const textOf = async (body: Uint8Array) =>
  (await readPdf(body)).pages.flatMap(({ texts }) => texts.map(({ text }) => text)).join('');

describe('a figure of a letter', () => {
  it('is read by the server, says when it changed, and changes only when somebody takes the new value', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉数');
    await enter('督导经费没有单列');
    const section = scene.as('sectionOfficer');
    const seen = await section.call(letters.readFigure, { body: { asked: openFindings } });
    expect(seen).toMatchObject({ label: '鲤城区 2025 学年未销号问题数', value: '1' });
    const text = '鲤城区尚有【数据3】个问题没有销号，另见【数据3】。';
    const given = { ...sentence(text), figures: [figure(3, openFindings), figure(4, openFindings)] };
    const { params, revision } = await scene.drafted(seriesId, { ...given, recipients: [ofUnit(units.licheng.id)] });
    const drafted = await section.call(letters.read, { params });
    // The value that was sent counts for nothing, and what the text does not name is let go.
    expect(drafted.figures).toMatchObject([
      {
        key: 3,
        title: '整改台账：问题数',
        value: '1',
        changed: null,
        parts: [0],
        certificate: [{ item: '清单校验码', value: expect.any(String) }],
      },
    ]);
    expect(await textOf((await section.call(letters.pdf, { params })).body)).toContain('尚有1个问题');

    await enter('督导人员不足');
    expect((await section.call(letters.read, { params })).figures).toMatchObject([{ changed: { was: '1', now: '2' } }]);
    const refusal = await section.refused(letters.submit, at(params, revision));
    expect(refusal).toMatchObject({
      code: 'letter.figuresChanged',
      sentence: expect.stringContaining('鲤城区 2025 学年未销号问题数 1 → 2'),
    });
    // A save that keeps the figure keeps the value that was read.
    const body = {
      ...content,
      ...given,
      title: '关于问题整改的通知',
      seriesId,
      recipients: [ofUnit(units.licheng.id)],
    };
    await section.call(letters.save, { params, body: { ...body, revision } });
    expect((await section.call(letters.read, { params })).figures).toMatchObject([{ value: '1' }]);
    await section.call(letters.submit, at(params, revision + 1, { keepFigures: [{ key: 3, now: '2' }] }));
    await scene.as('cityOfficer').call(letters.check, at(params, revision + 2));
    expect((await scene.signer.refused(letters.sign, at(params, revision + 3))).code).toBe('letter.figuresChanged');
    // Whoever takes the new value of a letter that was judged changes its text: it is judged anew.
    const taken = await section.call(letters.takeFigures, at(params, revision + 3, { keys: [3] }));
    expect(taken).toMatchObject({ state: 'draft' });
    expect((await section.call(letters.read, { params })).figures).toMatchObject([{ value: '2', changed: null }]);
    await section.call(letters.submit, at(params, revision + 4));
    await scene.as('cityOfficer').call(letters.check, at(params, revision + 5));
    await scene.signer.call(letters.sign, at(params, revision + 6));
    await scene.issuer.call(letters.issue, at(params, revision + 7));

    // Issued, it keeps what it says with its certificate, also at the addressee.
    await enter('责任督学没有挂牌');
    const issued = await section.call(letters.read, { params });
    expect(issued.figures).toMatchObject([{ value: '2', changed: null, readAt: '2025-10-15T02:00:00.000Z' }]);
    const received = await scene
      .as('countyDirector')
      .call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    expect(received.content.body).toMatchObject([{ text: '鲤城区尚有2个问题没有销号，另见2。' }]);
    // Queries, ids and certificates stay with the writer.
    expect(JSON.stringify(received)).not.toMatch(/rectifications\.count|清单校验码/);
  });

  it('goes on with its old value only as the person saw it beside the newer one, and the audit keeps both', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉留');
    const asked = { ...openFindings, unitId: units.fengze.id };
    const ofFengze = { type: 'unit' as const, id: units.fengze.id };
    const enterThere = (title: string) =>
      scene.as('cityOfficer').call(rectifications.enter, {
        body: { kind: 'duty', foundOn: '2025-10-10', duty: ofFengze, title },
      });
    await enterThere('督导经费没有单列');
    const given = { ...sentence('丰泽区尚有【数据1】个问题。'), figures: [figure(1, asked)] };
    const { params, revision } = await scene.drafted(seriesId, { ...given, recipients: [] });
    const section = scene.as('sectionOfficer');
    await enterThere('督导人员不足');
    const seen = (await section.call(letters.read, { params })).figures[0]!.changed!.now;
    expect(seen).toBe('2');
    // Between the page and the press the ledger goes on.
    await enterThere('责任督学没有挂牌');
    const keep = (now: string | null, key = 1) => at(params, revision, { keepFigures: [{ key, now }] });
    expect(await section.refused(letters.submit, keep(seen))).toMatchObject({
      ...{ status: 409, code: 'letter.figuresChangedSince' },
      sentence: expect.stringMatching(/丰泽区 2025 学年未销号问题数 您所见 2，现为 3。请刷新后再核对一遍/),
    });
    for (const unseen of [keep(null), keep('3', 2), at(params, revision, { keepFigures: [] })]) {
      expect((await section.refused(letters.submit, unseen)).code).toBe('letter.figuresChangedSince');
    }
    expect((await section.call(letters.read, { params })).state).toBe('draft');
    await section.call(letters.submit, keep('3'));
    await scene.as('cityOfficer').call(letters.check, at(params, revision + 1));
    await enterThere('督学培训没有记录');
    const signs = (now: string) => at(params, revision + 2, { keepFigures: [{ key: 1, now }] });
    expect((await scene.signer.refused(letters.sign, signs('3'))).code).toBe('letter.figuresChangedSince');
    await scene.signer.call(letters.sign, signs('4'));
    const issues = (now: string) => at(params, revision + 3, { keepFigures: [{ key: 1, now }] });
    expect((await scene.issuer.refused(letters.issue, issues('3'))).code).toBe('letter.figuresChangedSince');
    await scene.issuer.call(letters.issue, issues('4'));
    const { rows } = await scene.app.owner.query(
      `select action, after -> 'keptFigures' as kept from audit_events where object_id = $1 and after ? 'keptFigures' order by id`,
      [params.letterId],
    );
    const kept = (newerValue: string) => [{ keptFigure: '丰泽区 2025 学年未销号问题数', keptValue: '1', newerValue }];
    expect(rows).toEqual([
      { action: 'letter.submitted', kept: kept('3') },
      { action: 'letter.signed', kept: kept('4') },
      { action: 'letter.issued', kept: kept('4') },
    ]);
  });

  it('is refused where it is out of reach, has no value, or is named and not there', async () => {
    const { id: seriesId } = await scene.openSeries('countyDirector', '鲤数');
    const by = scene.as('countyOfficer');
    const asking = (asked: FigureAsked) => by.refused(letters.readFigure, { body: { asked } });
    expect((await asking({ ...openFindings, unitId: units.fengze.id })).code).toBe('letter.figureUnknown');
    const ofOther: FigureAsked = { query: 'rectifications.asked', things: ['0199e000-0000-7000-8000-000000000001'] };
    expect((await asking(ofOther)).code).toBe('letter.figureUnknown');
    const of = { unitId: units.licheng.id, year: 2025 };
    const cv = { query: 'balance.variation', ...of, choice: 'compulsory/primary/composite' };
    expect(await asking(cv)).toMatchObject({ code: 'letter.figureMissing', status: 422 });
    expect((await asking({ query: 'balance-tracking.standing', ...of, choice: 'standing' })).code).toBe(
      'letter.figureMissing',
    );
    expect((await asking({ query: 'filings.count', ...of, choice: 'approved' })).code).toBe('letter.figureMissing');
    expect((await asking({ query: 'filings.secret', ...of })).code).toBe('letter.figureUnknown');
    const { units: known, quotes } = await by.call(letters.figureChoices);
    expect(known.map(({ id }) => id)).toEqual([units.licheng.id]);
    expect(quotes.map(({ query }) => query).sort()).toEqual([
      ...['balance-tracking.standing', 'balance.variation', 'filings.count', 'rectifications.count'],
    ]);
    const { params } = await scene.drafted(seriesId, { by, recipients: [] });
    const body = { ...content, ...sentence('共【数据7】个。'), seriesId, recipients: [], revision: 2 };
    expect(await by.refused(letters.save, { params, body })).toMatchObject({
      code: 'letter.textWrong',
      details: { issues: [{ path: 'body.0', message: expect.stringContaining('【数据7】没有对应的数据') }] },
    });
  });

  it('stays unread for a post that may not read where it comes from, and stays in the text where it was read', async () => {
    await scene.app.owner.query(
      `insert into roles (key, name, reach, permissions, sort_order)
       values ('letter-clerk', '文秘', 'county', '{letter.draft,letter.read,letter.receive,filing.read}', 99)`,
    );
    const clerk = await scene.oneMore('letter-clerk', units.licheng.id);
    const finding = await enter('没有专职督学');
    const { id: seriesId } = await scene.openSeries('countyDirector', '鲤文');
    expect((await clerk.call(letters.figureChoices)).quotes.map(({ query }) => query)).toEqual(['filings.count']);
    const of = { unitId: units.licheng.id, year: 2025 };
    for (const asked of [
      openFindings,
      { query: 'rectifications.asked', things: [finding.id] },
      { query: 'rectifications.answered', things: [finding.id] },
      { query: 'balance.variation', ...of, choice: 'compulsory/primary/composite' },
      { query: 'balance-tracking.standing', ...of, choice: 'standing' },
    ]) {
      expect((await clerk.refused(letters.readFigure, { body: { asked } })).code).toBe('letter.figureUnknown');
    }
    const given = { ...sentence('尚有【数据1】个。'), figures: [figure(1, openFindings)] };
    const by = scene.as('countyOfficer');
    const { params, revision } = await scene.drafted(seriesId, { by, ...given, recipients: [] });
    await enter('督学培训没有记录');
    // Somebody else's figure is text to this post: it neither tells what changed nor is it read anew.
    const seen = (await clerk.call(letters.read, { params })).figures[0];
    expect(seen).toMatchObject({ value: expect.stringMatching(/^[1-9]/), changed: null });
    const value = seen?.value;
    expect((await by.call(letters.read, { params })).figures).toMatchObject([{ changed: { was: value } }]);
    expect((await clerk.refused(letters.takeFigures, at(params, revision, { keys: [1] }))).code).toBe(
      'letter.figureUnknown',
    );
    const body = { ...content, ...given, title: '关于问题的通知', seriesId, recipients: [], revision };
    await clerk.call(letters.save, { params, body });
    expect((await clerk.call(letters.read, { params })).figures).toMatchObject([{ value }]);
    const other = { ...openFindings, choice: 'all' };
    const more = { ...body, figures: [figure(1, other)], revision: revision + 1 };
    expect((await clerk.refused(letters.save, { params, body: more })).code).toBe('letter.figureUnknown');
  });

  it('is refused where two of a letter have one key', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉键');
    const { params } = await scene.drafted(seriesId, {});
    const twice = [figure(1, openFindings), figure(1, { ...openFindings, choice: 'all' })];
    const body = { ...content, ...sentence('【数据1】'), figures: twice, seriesId, recipients: [], revision: 2 };
    const by = scene.as('sectionOfficer');
    expect(await by.refused(letters.save, { params, body })).toMatchObject({
      status: 400,
      details: { issues: [{ message: '编号 1 已有一项数据，编号不能重复' }] },
    });
    expect((await by.refused(letters.preview, { body: { ...body, figures: twice } })).status).toBe(400);
  });

  it('costs a draft one statement for all of a kind', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉句');
    const counted = async (figures: number) => {
      const keys = Array.from({ length: figures }, (_, one) => one + 1);
      const { params } = await scene.drafted(seriesId, {
        ...sentence(keys.map((key) => `【数据${key}】`).join('、')),
        figures: keys.map((key) => figure(key, { ...openFindings, choice: key % 2 === 0 ? 'all' : 'closed' })),
      });
      const before = scene.app.statements.length;
      await scene.as('sectionOfficer').call(letters.read, { params });
      return scene.app.statements.length - before;
    };
    await counted(1);
    expect(await counted(20)).toBe(await counted(1));
  });
});
