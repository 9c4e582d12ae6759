import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import { digestOfBytes } from '#core/evidence/digest.ts';
import type { Member } from '#test/support/cast.ts';
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
});
