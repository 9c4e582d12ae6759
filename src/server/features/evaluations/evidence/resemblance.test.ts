import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as files from '#contract/files/attachments.ts';
import { generator } from '#domain/kit/generator.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { asJpeg, asPng, type Pixels } from '#test/support/files/likeness/drawing.ts';
import { retyped } from '#test/support/files/likeness/retyped.ts';
import { drawScene } from '#test/support/files/likeness/scenes.ts';
import { templates } from '#test/support/files/likeness/texts.ts';
import { writeScanPdf, writeSheet, writeWord } from '#test/support/files/likeness/writers.ts';
import { bring } from '#test/support/product/bring-file.ts';
import { schools, units } from '#test/support/scenario.ts';
import { openEvaluationScene, schoolSubject } from '#test/support/scenes/evaluation-scene.ts';
import { resemblanceJobs } from './resemblance.job.ts';

let app: TestApp;
let leaves: Record<'countyOfficer' | 'otherOfficer', { evaluationId: string; code: string }>;
beforeAll(async () => {
  app = await openTestApp();
  const scene = await openEvaluationScene(app);
  await scene.moveOn('notice');
  const [here, there] = scene.subjects.map(({ id }) => id) as [string, string];
  const { nodes } = await app.as('countyOfficer').call(evaluations.read, { params: { evaluationId: here } });
  const { code } = nodes.find(({ isLeaf, origin }) => isLeaf && origin === 'person')!;
  leaves = { countyOfficer: { evaluationId: here, code }, otherOfficer: { evaluationId: there, code } };
});
afterAll(() => app.close());

type Who = keyof typeof leaves;

type Link = { readonly evaluationId: string; readonly code: string } | null;

/** A piece with one file, which proves a leaf or none, compared as the queue does it. */
async function bringAs(at: TestApp, who: Parameters<TestApp['as']>[0], link: Link, name: string, bytes: Uint8Array) {
  const person = at.as(who);
  const { id } = await person.call(evaluations.addEvidence, {
    body: {
      ...{ id: randomUUID(), title: name, aboutDay: '2025-03-01', receivedOn: null, catalogueNumber: null },
      ...{ boxNumber: null, confidentiality: 'open', expiresOn: null, replacesId: null, link },
    },
  });
  const upload = await bring(at, person, name, bytes);
  const { id: attachmentId } = await person.call(files.attach, {
    body: { subjectType: 'evidence', subjectId: id, uploadId: upload.id },
  });
  await at.runJobs();
  return { id, attachmentId };
}

/** A piece of a county, which proves its leaf unless it is linked to none. */
const bringPiece = (who: Who, name: string, bytes: Uint8Array, linked = true) =>
  bringAs(app, who, linked ? leaves[who] : null, name, bytes);

const hintsAt = async (evidenceId: string) => {
  const shown = await app.as('cityOfficer').call(evaluations.readEvidence, { params: { evidenceId } });
  return shown.resemblances.map(({ kind, evidenceId: other, unitName, closeness }) => ({
    ...{ kind, other, unitName },
    isNear: Number(closeness) >= 0.5 && Number(closeness) <= 1,
  }));
};

const printsOf = async (evidenceId: string) => {
  const { rows } = await app.owner.query<{ kind: string }>(
    'select kind from evidence_prints where evidence_id = $1 order by kind, position',
    [evidenceId],
  );
  return rows.map(({ kind }) => kind);
};

const shrunk = ({ data, width, height }: Pixels) =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: Math.round(width * 0.7) })
    .jpeg({ quality: 70 })
    .toBuffer();

describe('evidence that came before in another county', () => {
  it('is hinted at by a photo that was saved anew, or laid into a PDF', async () => {
    const photo = await drawScene(1, generator('a photo used again'));
    const { id: first } = await bringPiece('otherOfficer', '操场.png', await asPng(photo), false);
    expect(await printsOf(first)).toEqual(['picture']);
    const hint = { kind: 'picture', other: first, unitName: units.fengze.name, isNear: true };
    const { id: smaller } = await bringPiece('countyOfficer', '运动场.jpg', await shrunk(photo));
    expect(await hintsAt(smaller)).toEqual([hint]);
    const page = { bytes: await asJpeg(photo, 85), width: photo.width, height: photo.height };
    const { id: scanned } = await bringPiece('countyOfficer', '扫描件.pdf', writeScanPdf([page], 30));
    expect(await hintsAt(scanned)).toEqual(expect.arrayContaining([hint]));
    const { id: another } = await bringPiece(
      'countyOfficer',
      '教室.png',
      await asPng(await drawScene(4, generator('another photo'))),
    );
    expect(await hintsAt(another)).toEqual([]);
  });

  it('is hinted at by a text that was typed anew, in Word or in Excel', async () => {
    const text = templates.report(generator('a text used again'));
    const { id: first } = await bringPiece('otherOfficer', '自评报告.docx', await writeWord(text));
    expect(await printsOf(first)).toEqual(['text']);
    const hint = { kind: 'text', other: first, unitName: units.fengze.name, isNear: true };
    const { id: typed } = await bringPiece(
      'countyOfficer',
      '报告.docx',
      await writeWord(retyped(text, generator('typed anew'))),
    );
    expect(await hintsAt(typed)).toEqual([hint]);
    const { id: sheet } = await bringPiece('countyOfficer', '报告.xlsx', await writeSheet(text));
    expect(await hintsAt(sheet)).toEqual(expect.arrayContaining([hint]));
    const { id: another } = await bringPiece(
      'countyOfficer',
      '另一份.docx',
      await writeWord(templates.record(generator('another text'))),
    );
    expect(await hintsAt(another)).toEqual([]);
  });

  it('with the same content is hinted at as the same file alone', async () => {
    const bytes = await writeWord(templates.report(generator('the same file')));
    const { id: first } = await bringPiece('otherOfficer', '总结.docx', bytes);
    const { id: again } = await bringPiece('countyOfficer', '总结.docx', bytes);
    expect(await hintsAt(again)).toEqual([
      { kind: 'same-file', other: first, unitName: units.fengze.name, isNear: true },
    ]);
  });

  it('is no hint in what cannot be read', async () => {
    const photo = await asJpeg(await drawScene(2, generator('damaged')), 80);
    const { id } = await bringPiece('countyOfficer', '损坏.jpg', photo.subarray(0, 900));
    expect(await printsOf(id)).toEqual([]);
    expect(await hintsAt(id)).toEqual([]);
  });
});

describe('a hint', () => {
  const reportOf = (seed: string) => writeWord(templates.report(generator(seed)));

  it('ends with the file of either side, and with the other piece', async () => {
    const bytes = await reportOf('a hint that ends');
    const others = [
      await bringPiece('otherOfficer', '丰泽一.docx', bytes, false),
      await bringPiece('otherOfficer', '丰泽二.docx', bytes, false),
      await bringPiece('otherOfficer', '丰泽三.docx', bytes, false),
    ];
    const own = await bringPiece('countyOfficer', '鲤城.docx', bytes);
    const left = async () =>
      (await hintsAt(own.id)).map(({ other }) => others.findIndex(({ id }) => id === other)).sort();
    expect(await left()).toEqual([0, 1, 2]);
    await app.as('otherOfficer').call(files.detach, { params: { attachmentId: others[0]!.attachmentId } });
    expect(await left()).toEqual([1, 2]);
    await app.as('otherOfficer').call(evaluations.removeEvidence, {
      params: { evidenceId: others[1]!.id },
      body: { revision: 1 },
    });
    expect(await left()).toEqual([2]);
    await app.as('otherOfficer').call(evaluations.addEvidence, {
      body: {
        ...{ id: randomUUID(), title: '丰泽三新版', aboutDay: null, receivedOn: null, catalogueNumber: null },
        ...{ boxNumber: null, confidentiality: 'open', expiresOn: null, replacesId: others[2]!.id, link: null },
      },
    });
    expect(await left()).toEqual([]);
  });

  it('is kept of more than twenty where it is one of the closest', async () => {
    const own = await bringPiece('countyOfficer', '很多.docx', await reportOf('more than twenty'));
    const other = await bringPiece('otherOfficer', '原件.docx', await reportOf('the other of many'), false);
    // Others of its kind with rising closeness: the closest one has the last number, and the order of numbers would leave it out.
    await app.owner.query(
      `with more as (
         insert into evidence_items (place_id, id, unit_id, title, received_on, confidentiality, entered_by, entered_by_name, entered_at, updated_at)
         select i.place_id, ('ffffffff-0000-4000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid, i.unit_id, '第 ' || n || ' 份',
                i.received_on, i.confidentiality, i.entered_by, i.entered_by_name, i.entered_at, i.updated_at
           from evidence_items i, generate_series(1, 25) n where i.id = $2 returning id, place_id
       ), hung as (
         insert into attachments (place_id, id, subject_type, subject_id, school_id, part, file_hash, name, size, media_type,
                added_by, added_by_name, position)
         select a.place_id, gen_random_uuid(), a.subject_type, m.id, a.school_id, a.part, a.file_hash, a.name, a.size,
                a.media_type, a.added_by, a.added_by_name, a.position
           from attachments a, more m where a.id = $4 returning id, subject_id, place_id
       )
       insert into evidence_resemblances (place_id, id, evaluation_id, subject_place_id, code, evidence_id, attachment_id,
              other_place_id, other_evidence_id, other_attachment_id, kind, closeness, found_at)
       select $5, gen_random_uuid(), $6, $7, $8, $1, $3, h.place_id, h.subject_id, h.id, 'text',
              0.5 + right(h.subject_id::text, 2)::numeric / 100, now() from hung h`,
      [
        ...[own.id, other.id, own.attachmentId, other.attachmentId, units.city.id],
        ...[leaves.countyOfficer.evaluationId, units.licheng.id, leaves.countyOfficer.code],
      ],
    );
    const { resemblances } = await app
      .as('cityOfficer')
      .call(evaluations.readEvidence, { params: { evidenceId: own.id } });
    expect(resemblances).toHaveLength(20);
    expect(resemblances.map(({ title }) => title)).toEqual(Array.from({ length: 20 }, (_, at) => `第 ${25 - at} 份`));
  });
});

/** By which transactions the prints of a piece were written. */
async function writtenBy(evidenceId: string) {
  const { rows } = await app.owner.query<{ xmin: string }>(
    'select xmin::text from evidence_prints where evidence_id = $1',
    [evidenceId],
  );
  return rows.map(({ xmin }) => xmin);
}

/** Compares a piece as the queue does it after another act. */
async function compareAgain(evidenceId: string) {
  const { rows } = await app.owner.query<{ place_id: number }>('select place_id from evidence_items where id = $1', [
    evidenceId,
  ]);
  const placeId = rows[0]!.place_id;
  const [doing] = resemblanceJobs;
  await doing!.run(app.services, { places: [placeId], placeId, evidenceId });
}

describe('evidence of a school that its county reviews', () => {
  let own: TestApp;
  beforeAll(async () => {
    own = await openTestApp();
  });
  afterAll(() => own.close());

  it('is hinted at to the county by what lies at its own schools alone, and to no school', async () => {
    const subjects = [schoolSubject(schools.first)];
    const opened = await openEvaluationScene(own, { kind: 'school-evaluation', subjects });
    await opened.moveOn('notice');
    const params = { evaluationId: opened.subjects[0]!.id };
    const { nodes } = await own.as('clerk').call(evaluations.read, { params });
    const { code } = nodes.find(({ isLeaf, origin }) => isLeaf && origin === 'person')!;
    const bytes = new TextEncoder().encode('三所学校用同一份总结');
    const { id: near } = await bringAs(own, 'neighbourClerk', null, '总结.txt', bytes);
    const { id: far } = await bringAs(own, 'foreignHead', null, '总结.txt', bytes);
    const { id: evidenceId } = await bringAs(own, 'clerk', { ...params, code }, '总结.txt', bytes);
    const seenBy = async (who: 'cityOfficer' | 'countyOfficer' | 'clerk') => {
      const { resemblances } = await own.as(who).call(evaluations.readEvidence, { params: { evidenceId } });
      return resemblances.map((one) => one.evidenceId).sort();
    };
    expect(await seenBy('cityOfficer')).toEqual([near, far].sort());
    expect(await seenBy('countyOfficer')).toEqual([near]);
    expect(await seenBy('clerk')).toEqual([]);
  });
});

describe('the prints of a file', () => {
  const reportOf = (seed: string) => writeWord(templates.report(generator(seed)));

  it('are taken once, and again where they were made another way', async () => {
    const { id } = await bringPiece('countyOfficer', '一次.docx', await reportOf('once'));
    const first = await writtenBy(id);
    await compareAgain(id);
    expect(await writtenBy(id)).toEqual(first);
    await app.owner.query(`update evidence_prints set print = set_byte(print, 0, 9) where evidence_id = $1`, [id]);
    await compareAgain(id);
    expect(await printsOf(id)).toEqual(['text']);
    const versions = await app.owner.query<{ version: number }>(
      'select get_byte(print, 0) as version from evidence_prints where evidence_id = $1',
      [id],
    );
    expect(versions.rows).toEqual([{ version: 1 }]);
  });

  it('go when the file is taken off its piece', async () => {
    const { id, attachmentId } = await bringPiece('countyOfficer', '取下.docx', await reportOf('taken off'));
    expect(await printsOf(id)).toEqual(['text']);
    await app.as('countyOfficer').call(files.detach, { params: { attachmentId } });
    await app.runJobs();
    expect(await printsOf(id)).toEqual([]);
  });

  it('go with the content of a marked file that is over', async () => {
    const { id, attachmentId } = await bringPiece('countyOfficer', '到期.docx', await reportOf('over'));
    await app.owner.query(
      `update attachments set keep_until = '2024-01-31', period_written_at = '2024-01-01', purpose = '示例',
              sensitive = 'minors', openers = 'judges'
        where id = $1`,
      [attachmentId],
    );
    await app.owner.query(`select * from remove_attachments_over('2025-10-15')`);
    expect(await printsOf(id)).toEqual([]);
  });
});
