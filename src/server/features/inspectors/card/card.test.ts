import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as inspectors from '#contract/inspectors/inspectors.ts';
import { openTestApp, type TestApp, type TestPerson } from '#test/support/app.ts';
import { cast } from '#test/support/cast.ts';
import { bring } from '#test/support/product/bring-file.ts';
import { readPdf } from '#test/support/product/pdf-pages.ts';
import { onTheWay } from '#test/support/scenes/inspector-scene.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** Red above and blue below, lying on its side as a camera kept it. */
const portrait = () =>
  sharp({ create: { width: 600, height: 900, channels: 3, background: '#00f' } })
    .composite([{ input: { create: { width: 600, height: 600, channels: 3, background: '#f00' } }, top: 0, left: 0 }])
    .jpeg()
    .toBuffer();

const brought = async (person: TestPerson, name = '照片.jpg', bytes?: Uint8Array) =>
  (await bring(app, person, name, bytes ?? (await portrait()))).id;

const shown = async (picture: string | null) => {
  const bytes = Buffer.from((picture ?? '').replace(/^data:image\/webp;base64,/, ''), 'base64');
  const { width, height, format } = await sharp(bytes).metadata();
  const { dominant } = await sharp(bytes).stats();
  return { width, height, format, isRed: dominant.r > 200 && dominant.b < 50 };
};

describe('the photograph of an inspector', () => {
  it('is brought by the office and shown as the upper square of the picture, until another takes its place', async () => {
    const { id } = await onTheWay(app, 'serving', { certificateNumber: null });
    const params = { inspectorId: id };
    const officer = app.as('countyOfficer');
    expect(await officer.call(inspectors.photograph, { params })).toEqual({ picture: null });
    await officer.call(inspectors.setPhotograph, { params, body: { uploadId: await brought(officer) } });
    for (const member of ['countyOfficer', 'cityOfficer'] as const) {
      const { picture } = await app.as(member).call(inspectors.photograph, { params });
      expect(await shown(picture)).toEqual({ width: 360, height: 360, format: 'webp', isRed: true });
    }
    expect((await app.as('otherOfficer').refused(inspectors.photograph, { params })).code).toBe('thing.notFound');
    const text = await brought(officer, '说明.txt', Buffer.from('照片'));
    const wrong = { params, body: { uploadId: text } };
    expect((await officer.refused(inspectors.setPhotograph, wrong)).code).toBe('inspector.photograph');
    const foreign = { params, body: { uploadId: await brought(app.as('countyDirector')) } };
    expect((await officer.refused(inspectors.setPhotograph, foreign)).code).toBe('inspector.photograph');
    const blue = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#00f' } })
      .png()
      .toBuffer();
    await officer.call(inspectors.setPhotograph, {
      params,
      body: { uploadId: await brought(officer, '新照片.png', blue) },
    });
    expect((await shown((await officer.call(inspectors.photograph, { params })).picture)).isRed).toBe(false);
    const { rows } = await app.owner.query(
      'select name, detached_at is null as hangs from attachments where subject_id = $1 order by added_at',
      [id],
    );
    expect(rows).toEqual([
      { name: '照片.jpg', hangs: false },
      { name: '新照片.png', hangs: true },
    ]);
  });

  it('is brought by the person into the own draft, wherever it lies, and not when it was recommended', async () => {
    const account = { username: 'foreignhead', name: cast.foreignHead.name, certificateNumber: null };
    const { id, revision } = await onTheWay(app, 'draft', account);
    const params = { inspectorId: id };
    const person = app.as('foreignHead');
    await person.call(inspectors.setOwnPhotograph, { params, body: { uploadId: await brought(person) } });
    expect((await shown((await person.call(inspectors.ownPhotograph, { params })).picture)).isRed).toBe(true);
    expect((await app.as('head').refused(inspectors.ownPhotograph, { params })).code).toBe('thing.notFound');
    await app.owner.query(`update inspectors set filled_on = '2025-10-14' where id = $1`, [id]);
    const now = (await app.as('countyOfficer').call(inspectors.read, { params })).revision;
    expect(now).toBeGreaterThan(revision);
    await app.as('countyOfficer').call(inspectors.recommend, { params, body: { revision: now } });
    const late = { params, body: { uploadId: await brought(person) } };
    expect((await person.refused(inspectors.setOwnPhotograph, late)).code).toBe('inspector.formClosed');
    // The function of the database asks for the state as well.
    await app.owner.query(`update inspectors set state = 'draft' where id = $1`, [id]);
    expect((await app.as('head').refused(inspectors.setOwnPhotograph, late)).code).toBe('thing.notFound');
  });
});

it('a photograph that comes after a return keeps the return from being taken back: nobody has looked at it', async () => {
  const account = { username: 'head', name: cast.head.name, certificateNumber: null };
  const { id, revision } = await onTheWay(app, 'recommended', account);
  const params = { inspectorId: id };
  const director = app.as('countyDirector');
  await director.call(inspectors.sendBack, { params, body: { revision, reason: '照片不清楚' } });
  const person = app.as('head');
  await person.call(inspectors.setOwnPhotograph, { params, body: { uploadId: await brought(person) } });
  const late = await director.refused(inspectors.undo, { params, body: { action: 'return' } });
  expect(late.status).toBe(409);
  expect((await director.call(inspectors.read, { params })).state).toBe('draft');
});

describe('the card of an inspector', () => {
  it('is a page of the size of a card, with who, number, term and issuer', async () => {
    const { id } = await onTheWay(app, 'serving', { name: '证卡督学', certificateNumber: '闽督2025100' });
    const params = { inspectorId: id };
    const officer = app.as('countyOfficer');
    await officer.call(inspectors.setPhotograph, { params, body: { uploadId: await brought(officer) } });
    const file = await officer.call(inspectors.card, { params });
    expect(file.fileName).toBe('督学证_证卡督学.pdf');
    const { pages } = await readPdf(file.body);
    expect(pages.map(({ width, height }) => [Math.round(width * 10) / 10, Math.round(height * 10) / 10])).toEqual([
      [85.6, 54],
    ]);
    const text = pages[0]!.texts.map((one) => one.text).join('');
    // The certificate is made by the province: the card names who appointed him, and nobody who issues certificates.
    expect(text.replaceAll(' ', '')).not.toContain('发证');
    for (const said of [
      '聘任单位',
      '督学证',
      '证卡督学',
      '责任督学',
      '闽督2025100',
      '2025.10.15–2028.10.14',
      '人民政府教育督导室',
    ]) {
      expect(text.replaceAll(' ', '')).toContain(said);
    }
    expect(text).not.toContain('照片');
  });

  it('several stand on sheets as the list is narrowed; without a number there is none', async () => {
    for (let at = 0; at < 9; at += 1) {
      await onTheWay(app, 'serving', { name: `成套督学${at}`, certificateNumber: `闽督20252${at}` });
    }
    const without = await onTheWay(app, 'serving', { name: '无证督学', certificateNumber: null });
    const officer = app.as('countyOfficer');
    const file = await officer.call(inspectors.cards, { query: { search: '成套' } });
    const { pages } = await readPdf(file.body);
    expect(
      pages.map(({ width, texts }) => [Math.round(width), texts.filter(({ text }) => text.includes('闽督')).length]),
    ).toEqual([
      [210, 8],
      [210, 1],
    ]);
    const params = { inspectorId: without.id };
    expect((await officer.refused(inspectors.card, { params })).code).toBe('inspector.noCard');
    expect((await officer.refused(inspectors.cards, { query: { search: '无证' } })).code).toBe('inspector.noCards');
    // Whose term is over shows no certificate: neither alone nor among the others.
    await app.owner.query(
      `update inspector_terms t set from_day = '2022-10-15', to_day = '2025-10-14' from inspectors i
        where i.id = t.inspector_id and i.name like '成套督学%' and i.name <> '成套督学8'`,
    );
    const { rows } = await officer.call(inspectors.list, { query: { search: '成套督学0' } });
    expect(await officer.refused(inspectors.card, { params: { inspectorId: rows[0]!.id } })).toMatchObject({
      ...{ code: 'inspector.noCard', sentence: '任期已满，没有督学证；请先续聘。' },
    });
    const left = await readPdf((await officer.call(inspectors.cards, { query: { search: '成套' } })).body);
    expect(left.pages.map(({ texts }) => texts.filter(({ text }) => text.includes('闽督')).length)).toEqual([1]);
    expect((await app.as('otherOfficer').refused(inspectors.card, { params })).code).toBe('thing.notFound');
  });
});
