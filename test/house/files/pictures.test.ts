import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import type { Feature } from '#core/access/feature.ts';
import { openPictureDrawer } from '#platform/files/file-processes.ts';
import type { TestApp, TestPerson } from '#test/support/app.ts';
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

async function attached(name: string, bytes: Uint8Array): Promise<string> {
  const { id: uploadId, state } = await bring(app, app.as('clerk'), name, bytes);
  expect(state).toBe('whole');
  const subject = { subjectType: 'filing', subjectId: scene.ids.first };
  return (await app.as('clerk').call(files.attach, { body: { ...subject, uploadId } })).id;
}

async function opened(person: TestPerson, attachmentId: string, mode: 'save' | 'show') {
  const { address } = await person.call(files.address, { params: { attachmentId }, body: { mode } });
  const answer = await app.http.inject({ url: address, headers: { cookie: person.cookie } });
  expect(answer.statusCode).toBe(200);
  return answer;
}

const refusal = async (person: TestPerson, attachmentId: string, mode: 'save' | 'show') =>
  (await person.refused(files.address, { params: { attachmentId }, body: { mode } })).code;

/** 2400 × 1200 pixels, recorded lying, with the place where it was taken. */
const photo = () =>
  sharp({ create: { width: 2400, height: 1200, channels: 3, background: '#3a6' } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Model: 'DUDAO-CAMERA' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 12/1 0/1' },
    })
    .jpeg()
    .toBuffer();

describe('a picture', () => {
  it('is shown as a small upright copy, and says nowhere where it was taken', async () => {
    const bytes = await photo();
    expect((await sharp(bytes).metadata()).exif?.includes('DUDAO-CAMERA')).toBe(true);
    const id = await attached('操场.jpg', bytes);
    for (const member of ['clerk', 'countyDirector'] as const) {
      const answer = await opened(app.as(member), id, 'show');
      expect(answer.headers['content-type']).toBe('image/webp');
      const { format, width, height, exif, orientation } = await sharp(answer.rawPayload).metadata();
      expect({ format, width, height, exif, orientation }).toEqual({ format: 'webp', width: 800, height: 1600 });
    }
  });

  it('is saved as it came by those who bring such files, and without its place by the others', async () => {
    const bytes = await photo();
    const id = await attached('校门.jpg', bytes);
    expect((await opened(app.as('clerk'), id, 'save')).rawPayload.equals(bytes)).toBe(true);
    const saved = await opened(app.as('countyDirector'), id, 'save');
    expect(saved.headers['content-type']).toBe('application/octet-stream');
    expect(saved.rawPayload.includes('DUDAO-CAMERA')).toBe(false);
    const { format, width, height, exif, xmp, iptc } = await sharp(saved.rawPayload).metadata();
    expect({ format, width, height, exif, xmp, iptc }).toEqual({ format: 'jpeg', width: 1200, height: 2400 });
  });

  it('that moves is shown still, and saved moving', async () => {
    const frame = (background: string) => ({
      input: { create: { width: 40, height: 40, channels: 3 as const, background } },
    });
    const gif = await sharp(
      await Promise.all(
        ['#f00', '#0f0', '#00f'].map((color) =>
          sharp({ create: frame(color).input.create })
            .png()
            .toBuffer(),
        ),
      ),
      { join: { animated: true } },
    )
      .gif()
      .toBuffer();
    const id = await attached('动图.gif', gif);
    expect((await sharp((await opened(app.as('countyDirector'), id, 'show')).rawPayload).metadata()).pages ?? 1).toBe(
      1,
    );
    const saved = await sharp((await opened(app.as('countyDirector'), id, 'save')).rawPayload).metadata();
    expect([saved.format, saved.pages]).toEqual(['gif', 3]);
  });
});

/** A PNG that says it is so large, with hardly anything in it. */
function enormous(side: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, bytes: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), bytes]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(bytes.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const data = Buffer.from('789c030000000001', 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a picture that was made to harm', () => {
  it('is neither shown nor given to others, and its owner gets back what they brought', async () => {
    const whole = await photo();
    const bad: [string, Buffer][] = [
      ['巨幅.png', enormous(60_000)],
      ['残缺.jpg', whole.subarray(0, 900)],
      ['乱码.png', Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(300, 7)])],
    ];
    for (const [name, bytes] of bad) {
      const id = await attached(name, bytes);
      const officer = app.as('countyDirector');
      expect([name, await refusal(officer, id, 'show'), await refusal(officer, id, 'save')]).toEqual([
        name,
        'file.notDrawn',
        'file.notDrawn',
      ]);
      expect((await opened(app.as('clerk'), id, 'save')).rawPayload.equals(bytes)).toBe(true);
      // Whoever may not see the file hears nothing of it.
      expect(await refusal(app.as('neighbourClerk'), id, 'show')).toBe('thing.notFound');
    }
  });

  it('with a colour profile of rubbish is shown without it', async () => {
    const plain = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#123' } })
      .jpeg()
      .toBuffer();
    const profile = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01'), Buffer.alloc(500, 0xee)]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(profile.length + 2);
    const bytes = Buffer.concat([plain.subarray(0, 2), Buffer.from([0xff, 0xe2]), length, profile, plain.subarray(2)]);
    const id = await attached('色彩.jpg', bytes);
    const { width, icc } = await sharp((await opened(app.as('countyDirector'), id, 'show')).rawPayload).metadata();
    expect([width, icc]).toEqual([30, undefined]);
  });
});

describe('the process that draws', () => {
  it('is ended for its time and for its memory, and the next picture gets another one', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'dudao-pictures-'));
    const [from, to] = [path.join(folder, 'from'), path.join(folder, 'to')];
    await writeFile(from, await photo());
    const order = { as: 'shown', mediaType: 'image/jpeg', from, to } as const;
    try {
      for (const bounds of [{ patience: 1 }, { megabytes: 1 }]) {
        const tight = openPictureDrawer(bounds);
        await expect(tight.draw(order)).rejects.toMatchObject({ code: 'file.notDrawn' });
        expect(existsSync(to)).toBe(false);
        tight.close();
      }
      const drawer = openPictureDrawer();
      await drawer.draw(order);
      expect(await readdir(folder)).toContain('to');
      drawer.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
