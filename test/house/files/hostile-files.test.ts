import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import type { Feature } from '#core/access/feature.ts';
import type { TestApp } from '#test/support/app.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { bring } from '#test/support/product/bring-file.ts';
import { filesFeature } from '../../../src/server/features/files/files.feature.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';

let scene: FilingScene;
let app: TestApp;
beforeAll(async () => {
  const all: Feature[] = [filingFeature(() => [])];
  scene = await openFilingScene([filesFeature(() => all)]);
  app = scene.app;
});
afterAll(() => app?.close());

const pngHead = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const page = '<!doctype html><html><body><script>alert(1)</script></body></html>';
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600, 7)]);
const word = (parts: Record<string, Uint8Array>) => Buffer.from(zipSync(parts));
const zeros = new Uint8Array(80 * 1024 * 1024);

/** What is refused, with a part of the sentence. */
const refusals: ReadonlyArray<readonly [name: string, bytes: Buffer, because: string]> = [
  ['总结.pdf', exe, '可执行'],
  ['setup.exe', exe, '可执行'],
  ['照片.jpg', Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(200)]), '可执行'],
  ['运行.txt', Buffer.from('#!/bin/sh\nrm -rf /\n'), '可执行'],
  ['清理.bat', Buffer.from('del *.*'), '可执行'],
  ['脚本.js', Buffer.from('alert(1)'), '可执行'],
  ['图片.png', Buffer.from(page), '与扩展名 .png 不符'],
  ['图片.png', Buffer.from(svg), '与扩展名 .png 不符'],
  ['图片.jpg', Buffer.from(`\n \n${page}`), '与扩展名 .jpg 不符'],
  ['附件.pdf', pngHead, 'PNG 图片'],
  ['附件.pdf', Buffer.from(`<html>%PDF-1.4`), '与扩展名 .pdf 不符'],
  ['附件.pdf', word({ 'a.txt': strToU8('x') }), '压缩包'],
  ['说明.docx', word({ 'a.txt': strToU8('x') }), '压缩包'],
  ['说明.docx', word({ 'word/document.xml': strToU8('<x/>'), 'word/media/a.bin': zeros }), '展开后过大'],
  ['视频.mp4', Buffer.from('not a film at all'), '与扩展名 .mp4 不符'],
];

/** What is kept as bytes that nobody draws, or as what it is. */
const keeps: ReadonlyArray<readonly [name: string, bytes: Buffer, view: string | null]> = [
  ['网页.html', Buffer.from(page), null],
  ['图形.svg', Buffer.from(svg), null],
  ['说明.txt', Buffer.from(page), null],
  ['两面.pdf', Buffer.from(`%PDF-1.4\n${page}\n%%EOF`), null],
  ['两面.gif', Buffer.concat([Buffer.from('GIF89a'), Buffer.from(page)]), null],
  ['夹带.png', Buffer.concat([pngHead, Buffer.alloc(200), word({ 'a.txt': strToU8('x') })]), null],
  ['宏.docm', word({ 'word/document.xml': strToU8('<x/>'), 'word/vbaProject.bin': strToU8('x') }), null],
  ['好.pdf', Buffer.from('%PDF-1.4\n%%EOF'), 'pdf'],
  ['编号.pdf', Buffer.from('%PDF-1.4\ntrailer << /ID [<abcdef> <abcdef>] >>\n%%EOF'), 'pdf'],
  ['好.docx', word({ 'word/document.xml': strToU8('<x/>') }), 'text'],
  ['名册.csv', Buffer.from('学校,人数\n一小,3\n'), null],
  ['旧.doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), null],
];

describe('what comes in is judged by its bytes', () => {
  it.each(refusals)('%s is refused with a sentence: %#', async (name, bytes, because) => {
    const upload = await bring(app, app.as('clerk'), name, bytes);
    expect([upload.state, upload.fault]).toEqual(['refused', expect.stringContaining(because)]);
    const body = { subjectType: 'filing', subjectId: scene.ids.first, uploadId: upload.id };
    expect((await app.as('clerk').refused(files.attach, { body })).code).toBe('file.notWhole');
    // The bytes go after the refusal is committed.
    await expect.poll(() => app.services.files.store.pending.received(upload.id)).toBe(null);
  });

  it.each(keeps)('%s is kept: %#', async (name, bytes, view) => {
    const clerk = app.as('clerk');
    const { id: uploadId, state, fault } = await bring(app, clerk, name, bytes);
    expect([state, fault]).toEqual(['whole', null]);
    const { id } = await clerk.call(files.attach, {
      body: {
        subjectType: 'filing',
        subjectId: scene.ids.first,
        uploadId,
        part: `第 ${keeps.findIndex((one) => one[1] === bytes)} 项`,
      },
    });
    const { rows } = await clerk.call(files.list, { query: { subjectType: 'filing', subjectId: scene.ids.first } });
    expect(rows.find((row) => row.id === id)?.view).toBe(view);
    for (const mode of ['save', 'show'] as const) {
      const { address } = await clerk.call(files.address, { params: { attachmentId: id }, body: { mode } });
      const { headers } = await app.http.inject({ url: address, headers: { cookie: clerk.cookie } });
      expect(headers['content-disposition']).toMatch(/^attachment;/);
      expect(headers['content-security-policy']).toMatch(/^sandbox;/);
      expect(headers['content-type']).toBe('application/octet-stream');
    }
  });
});

it('a name keeps nothing of a path, of direction and of what cannot be seen', async () => {
  const names: ReadonlyArray<readonly [string, string]> = [
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\temp\\报告\u202Efdp.txt', '报告fdp.txt'],
    ['a\0b.txt', 'ab.txt'],
    ['..', '未命名'],
    ['.htaccess', 'htaccess'],
    ['a\nb\u200B.txt', 'a b.txt'],
    [`${'长'.repeat(300)}.txt`, `${'长'.repeat(116)}.txt`],
  ];
  for (const [given, kept] of names) {
    expect((await bring(app, app.as('clerk'), given, Buffer.from('好'))).name).toBe(kept);
  }
});

it('a hash is no key: nothing that names a content opens, attaches or finds it', async () => {
  const bytes = Buffer.from('邻校的材料');
  const neighbour = app.as('neighbourClerk');
  const { id: uploadId } = await bring(app, neighbour, '材料.txt', bytes);
  await neighbour.call(files.attach, { body: { subjectType: 'filing', subjectId: scene.ids.neighbour, uploadId } });
  const { rows } = await app.owner.query('select hash from file_contents where size = $1', [bytes.length]);
  const hash = rows[0].hash as string;
  const clerk = app.as('clerk');
  const cookie = { cookie: clerk.cookie };
  const addresses = [
    `/files/${hash}`,
    `/files/${hash}/x`,
    `/files/contents/${hash}`,
    `/files/uploads/${hash}`,
    `/api/uploads/${hash}`,
  ];
  for (const url of [
    ...addresses,
    `/api/attachments/${hash}/preview`,
    `/files/../files/contents/${hash.slice(0, 2)}/${hash}`,
  ]) {
    const answer = await app.http.inject({ url, headers: cookie });
    expect([url, answer.statusCode >= 400, answer.body.includes('邻校')]).toEqual([url, true, false]);
    const headers = { ...cookie, 'tus-resumable': '1.0.0' };
    expect((await app.http.inject({ method: 'HEAD', url, headers })).statusCode).toBeGreaterThanOrEqual(400);
  }
  // The same bytes brought by somebody else are that person's own file, and say nothing of the other.
  const own = await bring(app, clerk, '自己的.txt', bytes);
  expect(own).toMatchObject({ state: 'whole', name: '自己的.txt' });
  const listed = await clerk.call(files.list, { query: { subjectType: 'filing', subjectId: scene.ids.first } });
  expect(listed.rows.map(({ name }) => name)).not.toContain('材料.txt');
});
