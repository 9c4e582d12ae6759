import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import { digestOfBytes } from '#core/evidence/digest.ts';
import { ofMinors } from '#domain/file/marked-file.ts';
import type { Member } from '#test/support/cast.ts';
import { bring } from '#test/support/product/bring-file.ts';
import { at, LetterScene } from '#test/support/product/letter-scene.ts';
import { readPdf } from '#test/support/product/pdf-pages.ts';

let scene: LetterScene;

beforeAll(async () => {
  scene = await LetterScene.open();
});
afterAll(() => scene.app.close());

describe('the files of a letter', () => {
  it('a draft is printed with its mark, and an issued letter once for itself and its addressees', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉印');
    const { params, revision } = await scene.signed(seriesId);
    scene.app.jobs.splice(0);
    const textOf = async (body: Uint8Array) =>
      (await readPdf(body)).pages.flatMap(({ texts }) => texts.map(({ text }) => text)).join('');
    const draft = await scene.as('sectionOfficer').call(letters.pdf, { params });
    expect(await textOf(draft.body)).toMatch(/草\s*稿/);
    await scene.issuer.call(letters.issue, at(params, revision));
    // A printing that fails gives nothing away: the letter stays issued, and the next attempt prints the same.
    const [job] = scene.app.jobs;
    const { print } = scene.app.services.press;
    Object.assign(scene.app.services.press, { print: () => Promise.reject(new Error('the press broke')) });
    await expect(scene.app.runJobs()).rejects.toThrow('the press broke');
    Object.assign(scene.app.services.press, { print });
    expect(await scene.as('cityOfficer').call(letters.read, { params })).toMatchObject({ state: 'issued', prints: [] });
    scene.app.jobs.push(job!, job!);
    await scene.app.runJobs();
    const detail = await scene.as('cityOfficer').call(letters.read, { params });
    expect(detail.prints.map(({ format }) => format)).toEqual(['pdf', 'word']);
    expect(detail.fonts.map(({ wanted }) => wanted)).toContain('仿宋_GB2312');
    // What was printed is sent, and never printed again.
    Object.assign(scene.app.services.press, { print: () => Promise.reject(new Error('the press is asked no more')) });
    const final = await scene.as('cityOfficer').call(letters.pdf, { params });
    expect(digestOfBytes(final.body)).toBe(detail.prints[0]!.digest);
    expect(await textOf(final.body)).not.toMatch(/草\s*稿/);
    const listed = (member: Member, subjectType: string, subjectId: string) =>
      scene.as(member).call(files.list, { query: { subjectType, subjectId } });
    const receipt = await scene.as('head').call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    const sent = await scene.as('head').call(receipts.receiptPdf, { params: { receiptId: receipt.id } });
    expect(digestOfBytes(sent.body)).toBe(detail.prints[0]!.digest);
    Object.assign(scene.app.services.press, { print });
    const names = ['泉印〔2025〕1号_关于开展秋季开学督导的通知.pdf', '泉印〔2025〕1号_关于开展秋季开学督导的通知.docx'];
    expect((await listed('head', 'letter-receipt', receipt.id)).rows.map(({ name }) => name)).toEqual(names);
    expect(await listed('sectionOfficer', 'letter', params.letterId)).toMatchObject({ mayAttach: false });
    expect(
      (
        await scene.as('neighbourClerk').refused(files.list, {
          query: { subjectType: 'letter-receipt', subjectId: receipt.id },
        })
      ).code,
    ).toBe('thing.notFound');
  }, 60_000);

  it('that are open to few are taken off before it goes to others, and the files of children are kept by the sender alone', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉童');
    const writer = scene.as('sectionOfficer');
    const { params, revision } = await scene.drafted(seriesId);
    const mark = { sensitive: ofMinors, purpose: '通报演出情况', keepUntil: '2026-10-15' };
    const bytes = Buffer.from('童声');
    const attach = async (openers: 'reach' | 'judges', name: string) => {
      const { id: uploadId } = await bring(scene.app, writer, name, bytes);
      const subject = { subjectType: 'letter', subjectId: params.letterId };
      return writer.call(files.attach, { body: { ...subject, uploadId, ...mark, openers } });
    };
    const few = await attach('judges', '演出.txt');
    const refusal = await writer.refused(letters.submit, at(params, revision));
    expect(refusal).toMatchObject({ code: 'letter.filesClosed', sentence: expect.stringContaining('演出.txt') });
    await writer.call(files.detach, { params: { attachmentId: few.id } });
    await attach('reach', '演出.txt');
    await writer.call(letters.submit, at(params, revision));
    await scene.as('cityOfficer').call(letters.check, at(params, revision + 1));
    await scene.signer.call(letters.sign, at(params, revision + 2));
    await scene.issuer.call(letters.issue, at(params, revision + 3));
    await scene.app.runJobs();
    const head = scene.as('head');
    const listed = () =>
      head.call(files.list, { query: { subjectType: 'letter-receipt', subjectId: params.letterId } });
    const row = (await listed()).rows.find(({ sensitive }) => sensitive !== null)!;
    expect(row).toMatchObject({ ...mark, state: 'open', mayKeep: false });
    const keep = { params: { attachmentId: row.id }, body: { keepUntil: '2035-10-15', read: mark.keepUntil } };
    expect((await head.refused(files.keep, keep)).code).toBe('file.notKept');
    // One that was sent before is closed to everybody who got it.
    await scene.app.owner.query(`update attachments set openers = 'judges' where id = $1`, [row.id]);
    const address = { params: { attachmentId: row.id }, body: { mode: 'save' as const } };
    expect((await head.refused(files.address, address)).code).toBe('file.judgesOnly');
  }, 60_000);
});
