import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { type WholeHandle, withWriting } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';
import { bring } from '#test/support/product/bring-file.ts';
import { at, LetterScene } from '#test/support/product/letter-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { letterSoundness } from './soundness.act.ts';

let scene: LetterScene;

beforeAll(async () => {
  scene = await LetterScene.open();
});
afterAll(() => scene.app.close());

/** As the application itself, within the reach of the city. */
const asApplication = (statement: string) =>
  withWriting(scene.app.services.pool, atPlaces([units.city.id]), async (db: WholeHandle) => {
    const { numAffectedRows } = await sql.raw(statement).execute(db);
    return Number(numAffectedRows ?? 0);
  });

describe('an issued letter', () => {
  it('is changed by nobody through the application: neither text nor number nor day, and no counter', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉冻');
    const { params, revision } = await scene.signed(seriesId);
    const of = `where id = '${params.letterId}'`;
    // The draft of before can be changed, so what follows fails because it is issued.
    expect(await asApplication(`update letters set updated_at = updated_at ${of}`)).toBe(1);
    await scene.issuer.call(letters.issue, at(params, revision));
    for (const change of [
      `model = jsonb_set(model, '{title}', '"别的"')`,
      `number = 9, number_text = '泉冻〔2025〕9号'`,
      `state = 'draft', number = null, number_text = null, year = null, issued_on = null, model_hash = null`,
      `issued_on = '2025-01-01'`,
      `kind = 'other', series_id = series_id`,
    ]) {
      expect(await asApplication(`update letters set ${change} ${of}`), change).toBe(0);
    }
    for (const change of ['last = 0', 'last = 99']) {
      await expect(asApplication(`update letter_counters set ${change}`)).rejects.toThrow('permission denied');
    }
    await expect(asApplication('select * from letter_texts')).rejects.toThrow('permission denied');
    // What a withdrawal needs goes on.
    const withdrawn = await scene.issuer.call(letters.withdraw, at(params, revision + 1, { reason: '附件有误' }));
    expect(withdrawn).toMatchObject({ state: 'withdrawn', revision: revision + 2 });
  });

  it('is forged by no statement of the application: number, digest, addressees, ties and files come from functions', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉伪');
    const issued = await scene.signed(seriesId);
    await scene.issuer.call(letters.issue, at(issued.params, issued.revision));
    const { letterId } = issued.params;
    const signed = (await scene.signed(seriesId)).params.letterId;
    const draft = (await scene.drafted(seriesId)).params.letterId;
    const { owner } = scene.app;
    const place = units.city.id;
    const everything = async () =>
      (
        await owner.query(
          `select (select json_agg(l order by id) from letters l) as letters, (select json_agg(r order by id) from letter_recipients r)
             as recipients, (select json_agg(t) from letter_ties t) as ties, (select json_agg(p) from letter_prints p) as prints,
             (select json_agg(c order by id) from letter_receipts c) as receipts, (select json_agg(c order by series_id) from
             letter_counters c) as counters, (select json_agg(f) from letter_print_fonts f) as fonts`,
        )
      ).rows;
    const before = await everything();
    const { rows } = await owner.query<{ digest: string }>('select model_hash as digest from letters where id = $1', [
      letterId,
    ]);
    const { digest } = rows[0]!;
    const refused = async (said: RegExp, statements: readonly string[]) => {
      for (const statement of statements) await expect(asApplication(statement), statement).rejects.toThrow(said);
    };
    const of = `place_id = ${place} and letter_id = '${letterId}'`;
    await refused(/permission denied/, [
      `update letter_recipients set received_at = now(), received_by_name = '某人' where ${of}`,
      `delete from letter_recipients where ${of}`,
      `insert into letter_recipients (place_id, letter_id, id, unit_id, position)
       values (${place}, '${letterId}', gen_random_uuid(), ${units.city.id}, 9)`,
      `insert into letter_ties values (${place}, '${letterId}', 'finding', ${place}, gen_random_uuid(), '别的')`,
      `insert into letter_prints values (${place}, '${letterId}', 'pdf', '${digest}', gen_random_uuid(), now())`,
      `insert into letter_print_fonts values (${place}, '${letterId}', '仿宋', '别的')`,
      `update letter_receipts set received_at = null, received_by = null, received_by_name = null`,
      `delete from letters where id = '${letterId}'`,
      `select * from take_letter_number(${place}, '${seriesId}', '2025-10-15')`,
    ]);
    await refused(/row-level security/, [
      `update letters set state = 'issued', number = 777, number_text = 'forged〔1999〕777号', year = 1999,
         issued_on = '1999-01-01', model_hash = '${digest}' where id = '${signed}'`,
      `update letters set model_hash = '${digest}' where id = '${signed}'`,
      `update letters set issued_on = '1999-01-01' where id = '${draft}'`,
      `update letters set on_paper = true, model = null where id = '${draft}'`,
      `insert into letters (place_id, id, series_id, kind, title, on_paper, state, year, number, number_text, issued_on,
                            drafted_by, drafted_by_name, drafted_at, updated_at)
       values (${place}, gen_random_uuid(), '${seriesId}', 'notice', '纸质', true, 'issued', 2025, 778, '泉伪〔2025〕778号',
               '2025-10-01', '', '某人', now(), now())`,
    ]);
    const prints = JSON.stringify([{ format: 'pdf', uploadId: letterId }]);
    await refused(/with its number|not signed|has not come|out of reach|no file of the letter/, [
      `select keep_letter_prints(${place}, '${letterId}', '${prints}', '[{"wanted": "仿宋", "used": "别的"}]', '某人', now())`,
      `select write_letter_recipients(${place}, '${letterId}', '[]')`,
      `select tie_letter(${place}, '${letterId}', '[]')`,
      `select issue_letter(${place}, '${letterId}', '2025-10-15', now())`,
      `select issue_letter(${place}, '${draft}', '2025-10-15', now())`,
      `select issue_letter(${place}, '${signed}', '2999-01-01', now())`,
      `select close_letter(${place}, '${letterId}', '2999-01-01', '别的', now())`,
      `select enter_paper_letter(${place}, '${seriesId}', gen_random_uuid(), 'notice', '别的', '', 1, '2999-01-01', '', '', now())`,
      `select write_letter_recipients(${units.licheng.id}, '${letterId}', '[]')`,
    ]);
    // Nothing comes of these: a day before the issue, a second delivery, a delivery of what is not issued.
    for (const statement of [
      `select close_letter(${place}, '${letterId}', '2025-10-14', '别的', now())`,
      `select deliver_letter(${place}, '${letterId}')`,
      `select deliver_letter(${place}, '${signed}')`,
    ]) {
      await asApplication(statement);
    }
    expect(await everything()).toEqual(before);
    // The digest that the database takes is the one of the program.
    const [{ model }] = (await owner.query('select model from letters where id = $1', [letterId])).rows;
    expect(digestOf(model)).toBe(digest);
    // Receipt marks stay possible.
    await scene.as('countyDirector').call(receipts.receive, { params: { receiptId: letterId } });
  });

  it('keeps its files as they were when it got its number: none comes, none goes, and its prints are of no other letter', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉附');
    const place = units.city.id;
    // The places of its addressees too, as whoever prints it has them.
    const places = [place, units.licheng.id, units.fengze.id];
    const { owner, services } = scene.app;
    const writer = scene.as('sectionOfficer');
    const hangs = async (letterId: string) =>
      (
        await owner.query(
          `select part, detached_at is null as hangs from attachments where subject_id = $1 order by position`,
          [letterId],
        )
      ).rows;
    const asWriter = (statement: string) =>
      withWriting(services.pool, { ...atPlaces(places), person: writer.personId }, async (db: WholeHandle) => {
        const { rows } = await sql.raw<{ answer: unknown }>(statement).execute(db);
        return rows.map(({ answer }) => answer);
      });
    const attach = (uploadId: string, letterId: string) =>
      `select added as answer from attach_upload('${uploadId}', ${place}, 'letter', '${letterId}', null, null, null, '某人', null,
         null, null, null, null, null)`;
    const again = (attachmentId: string, letterId: string) =>
      `select added as answer from attach_again(${place}, '${attachmentId}', ${place}, 'letter', '${letterId}', null, 'pdf', null,
         '某人', null, null, null, null, null, null)`;
    const keep = (letterId: string, uploadIds: readonly string[]) => {
      const prints = uploadIds.map((uploadId, at) => ({ format: ['pdf', 'word'][at], uploadId }));
      return `select keep_letter_prints(${place}, '${letterId}', '${JSON.stringify(prints)}', '[]', '某人', now()) as answer`;
    };
    const brought = async (name: string) => (await bring(scene.app, writer, name, Buffer.from(name))).id;

    const { params, revision } = await scene.signed(seriesId);
    const { letterId } = params;
    const [first, second, third] = [await brought('一.txt'), await brought('二.txt'), await brought('三.txt')];
    // As the program brings what it printed.
    const prints = [await brought('定稿.txt'), await brought('定稿的另一种.txt')];
    // Before the number each of these acts is one that the function does.
    expect(await asWriter(attach(first, letterId))).toEqual([true]);
    expect(await asWriter(attach(second, letterId))).toEqual([true]);
    const film = await brought('童声.txt');
    const attachMarked = attach(film, letterId).replace(
      /null,\s+null, null, null, null\)$/,
      `null, '涉及未成年人', '核实活动', '2027-01-01', 'reach')`,
    );
    expect(await asWriter(attachMarked)).toEqual([true]);
    const { rows: hung } = await owner.query<{ id: string }>(
      `select id from attachments where subject_id = $1 order by position`,
      [letterId],
    );
    const [one, two, ofMinors] = hung.map(({ id }) => id) as [string, string, string];
    const period = (place: number, id: string, from: string, until: string) =>
      `select change_attachment_period(${place}, '${id}', '${from}', '${until}') as answer`;
    const narrow = (purpose: string, openers: string, to: string) =>
      `select mark_attachment(${place}, '${ofMinors}', '${purpose}', '2026-12-01', '${openers}', '核实', '2026-12-01', '${to}') as answer`;
    expect(await asWriter(period(place, ofMinors, '2027-01-01', '2026-12-01'))).toEqual([true]);
    // A mark is written by whoever read the one that stands.
    expect(await asWriter(narrow('别的用途', 'reach', 'judges'))).toEqual([false]);
    expect(await asWriter(`select detach_attachment(${place}, '${two}') as answer`)).toEqual([true]);
    await scene.issuer.call(letters.issue, at(params, revision));
    const other = await scene.signed(seriesId);
    await scene.issuer.call(letters.issue, at(other.params, other.revision));
    // Whoever prints records it too.
    const kept = async (letterId: string, uploadIds: readonly string[]) => {
      const formats = await asWriter(keep(letterId, uploadIds));
      await owner.query(
        `select record_audit($1, null, null, 'letter.printed', 'letter', $2, '{}', null, jsonb_object_agg(format, digest), null,
                null, null, null, null, null, null, null, null, null) from letter_prints where letter_id = $2::uuid`,
        [place, letterId],
      );
      return formats;
    };
    expect(await kept(letterId, prints)).toEqual(['pdf', 'word']);
    const before = await hangs(letterId);
    expect(before.map((row) => [row.part, row.hangs])).toEqual([
      [null, true],
      [null, false],
      [null, true],
      ['pdf', true],
      ['word', true],
    ]);
    const { rows: printed } = await owner.query<{ id: string }>(
      `select attachment_id as id from letter_prints where letter_id = $1 and format = 'pdf'`,
      [letterId],
    );
    for (const statement of [
      attach(third, letterId),
      again(printed[0]!.id, other.params.letterId),
      `select detach_attachment(${place}, '${printed[0]!.id}') as answer`,
      `select detach_attachment(${place}, '${one}') as answer`,
      `select restore_attachment(${place}, '${two}') as answer`,
      period(place, ofMinors, '2026-12-01', '2026-11-01'),
      narrow('核实活动', 'reach', 'judges'),
    ]) {
      await expect(asWriter(statement), statement).rejects.toThrow('the files of a letter with its number');
    }
    expect(await hangs(letterId)).toEqual(before);
    await expect(asWriter(period(place, ofMinors, '2026-12-01', 'infinity'))).rejects.toThrow('more than ten years');

    // And so do those that came with it. A period there is the one of the letter, which can be prolonged.
    expect(await asWriter(`select hang_letter_files(${place}, '${letterId}', '某人') as answer`)).toEqual([12]);
    const { rows: came } = await owner.query<{ id: string; place: number; subject: string; part: string | null }>(
      `select id, place_id as place, subject_id as subject, part from attachments
        where subject_type = 'letter-receipt' and copied_from_place = $1 and copied_from = any ($2)`,
      [place, [ofMinors, printed[0]!.id]],
    );
    const sent = came.find(({ part }) => part === null)!;
    for (const statement of [
      `select detach_attachment(${sent.place}, '${came.find(({ part }) => part === 'pdf')!.id}') as answer`,
      period(sent.place, sent.id, '2026-12-01', '2026-11-01'),
      again(printed[0]!.id, sent.subject).replace(`${place}, 'letter'`, `${sent.place}, 'letter-receipt'`),
    ]) {
      await expect(asWriter(statement), statement).rejects.toThrow('the files of a letter that came');
    }
    const longer = period(sent.place, sent.id, '2026-12-01', '2027-01-01');
    await expect(asWriter(longer)).rejects.toThrow('a copy is kept no longer than its source');
    expect(await asWriter(period(place, ofMinors, '2026-12-01', '2027-06-30'))).toEqual([true]);
    const { rows: follow } = await owner.query(`select keep_until from attachments where copied_from = $1`, [ofMinors]);
    expect(follow).toEqual(Array(3).fill({ keep_until: '2027-06-30' }));

    // A letter that waits for its prints takes neither those of another, nor an attachment, nor one file of two.
    const waiting = other.params.letterId;
    for (const [uploads, said] of [
      [prints, 'no file of the letter'],
      [[printed[0]!.id, third], 'no file of the letter'],
      [[third], 'a letter has two files'],
    ] as const) {
      await expect(asWriter(keep(waiting, uploads)), said).rejects.toThrow(said);
    }
    expect(await kept(waiting, [third, first])).toEqual(['pdf', 'word']);
  });

  it('takes its digest of any text as the program takes it', async () => {
    const model = {
      title: '换\n行、"引号"、反斜\\杠、\t、\u0001、\u007f、\u2028、𠮷、é',
      body: [{ kind: 'table', rows: [['0.10', ''], []], columns: [{ heading: 'Z', align: 'left' }], caption: null }],
      ...{ sealed: false, number: { year: 2025, ordinal: 12, code: '泉' }, empty: {}, Upper: -3 },
    };
    const { rows } = await scene.app.owner.query('select canonical_json($1::jsonb) as text', [JSON.stringify(model)]);
    expect(rows).toEqual([{ text: canonicalJson(model) }]);
  });

  it('lies once at each place, and the doctor finds a text, an id, a file or a counter that was changed past the platform', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉验');
    const { params, revision } = await scene.signed(seriesId);
    await scene.issuer.call(letters.issue, at(params, revision));
    const { owner } = scene.app;
    const { rows } = await owner.query(
      `select count(*)::int as texts, (select count(*)::int from letter_receipts where letter_id = $1) as receipts
         from letter_texts where digest = (select model_hash from letters where id = $1)`,
      [params.letterId],
    );
    // Two receipts of one county share its text.
    expect(rows).toEqual([{ texts: 2, receipts: 3 }]);
    const asDoctor = () => letterSoundness.look(owner);
    // A record behind the chain proves nothing yet.
    expect(await asDoctor()).toMatchObject({
      state: 'good',
      sentence: expect.stringContaining('件的审计记录尚未封存'),
    });
    const forgedId = newId();
    const cases: readonly (readonly [change: string, said: RegExp])[] = [
      [
        `update letters set model = jsonb_set(model, '{title}', '"别的"')`,
        /正文与定稿校验码不符：[^；]*泉验〔2025〕1号/,
      ],
      [
        `update letter_texts set model = jsonb_set(model, '{title}', '"别的"')`,
        /收文与发文不一致：[^；]*泉验〔2025〕1号/,
      ],
      [`update letter_counters set last = last + 1`, /号数有重漏：.*泉验 2025/],
      // Somebody who takes the digest anew meets what the audit wrote.
      [
        `update letters set model = forged.model, model_hash = encode(sha256(convert_to(canonical_json(forged.model), 'UTF8')), 'hex')
           from (select jsonb_set(model, '{title}', '"别的"') as model from letters where id = '${params.letterId}') forged
          where id = '${params.letterId}'`,
        /^定稿校验码与签发时的审计记录不符：泉验〔2025〕1号；/,
      ],
      // Nor does it help to give the letter another id, by which the audit wrote nothing.
      [
        `set local session_replication_role = replica;
         update letters set id = '${forgedId}' where id = '${params.letterId}';
         update letter_receipts set letter_id = '${forgedId}' where letter_id = '${params.letterId}'`,
        /^有审计记录而公文不在：泉验〔2025〕1号；没有签发的审计记录：泉验〔2025〕1号。$/,
      ],
      [
        `update letters set on_paper = true, model = null, model_hash = null where id = '${params.letterId}';
         update letter_counters set first = last + 1 where series_id = '${seriesId}'`,
        /^号数、日期与签发时的审计记录不符：泉验〔2025〕1号/,
      ],
      [
        `update letters set issued_on = '2025-10-01' where id = '${params.letterId}'`,
        /^号数、日期与签发时的审计记录不符：泉验〔2025〕1号。$/,
      ],
      // A file is the one that was printed: on its letter, and on what the addressees have.
      [
        `update letter_prints set digest = repeat('0', 64) where format = 'pdf'`,
        /^印发的文件与生成时的审计记录不符：泉附〔2025〕1号、泉附〔2025〕2号。$/,
      ],
      [
        `update attachments set file_hash = (select file_hash from attachments where part = 'word' limit 1)
          where subject_type = 'letter-receipt' and part = 'pdf' and id =
                (select id from attachments where subject_type = 'letter-receipt' and part = 'pdf' limit 1)`,
        /^印发的文件与生成时的审计记录不符：泉附〔2025〕1号。$/,
      ],
      // One that cannot be read hides no other.
      [
        // PostgreSQL 15 needs more of its stack for it than 17.
        `set local max_stack_depth = '6MB';
         update letters set model = case id when '${params.letterId}' then (repeat('[', 15000) || repeat(']', 15000))::jsonb
           else jsonb_set(model, '{title}', '"别的"') end where number is not null`,
        /正文读不出校验码：泉验〔2025〕1号；正文与定稿校验码不符：/,
      ],
    ];
    for (const [change, said] of cases) {
      await owner.query('begin');
      await owner.query(change);
      const found = await asDoctor();
      await owner.query('rollback');
      expect(found.state).toBe('failed');
      expect(found.sentence).toMatch(said);
    }
  });

  it('goes to no school that is closed', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉校');
    const { params, revision } = await scene.signed(seriesId);
    const { owner } = scene.app;
    const status = (to: string) => owner.query(`update schools set status = $2 where id = $1`, [schools.first.id, to]);
    await status('closed');
    const gone = await scene.issuer.refused(letters.issue, at(params, revision));
    expect(gone).toMatchObject({ code: 'letter.recipientClosed', sentence: expect.stringContaining('示例第一小学') });
    await status('open');
    await scene.issuer.call(letters.issue, at(params, revision));
  });

  it('names a school that moved since by its own name, and not by the county to which it was sent', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉迁');
    const recipients = [{ unitId: units.licheng.id, schoolId: schools.junior.id }];
    const { params, revision } = await scene.signed(seriesId, { recipients });
    const addressed = async () => (await scene.as('cityOfficer').call(letters.read, { params })).addressed;
    const [before] = await addressed();
    const school = { params: { schoolId: schools.junior.id } };
    const moved = { countyId: units.fengze.id, managingUnitId: units.fengze.id, sponsorCode: 7, ownership: 'public' };
    const { revision: known } = await scene.as('cityOfficer').call(directory.readSchool, school);
    const body = { ...moved, revision: known, day: '2025-10-15' } as never;
    await scene.as('cityOfficer').call(schoolChanges.moveSchool, { ...school, body });
    expect(await addressed()).toEqual([before]);
    expect(before).toMatchObject({ name: schools.junior.name, unitId: units.licheng.id });
    // It is still a school of the city: the letter goes out.
    await scene.issuer.call(letters.issue, at(params, revision));
    expect(await addressed()).toMatchObject([{ name: schools.junior.name, schoolId: schools.junior.id }]);
  });

  it('says which unit wrote it where another office is printed', async () => {
    const { id: seriesId } = await scene.openSeries('countyDirector', '鲤冒');
    const by = scene.as('countyOfficer');
    const to = { by, recipients: [{ unitId: units.licheng.id, schoolId: schools.first.id }] };
    const { params, revision } = await scene.drafted(seriesId, to);
    const [one, other] = [
      await scene.oneMore('county-director', units.licheng.id),
      await scene.oneMore('county-director', units.licheng.id),
    ];
    await by.call(letters.submit, at(params, revision));
    await one.call(letters.check, at(params, revision + 1));
    await one.call(letters.sign, at(params, revision + 2));
    await other.call(letters.issue, at(params, revision + 3));
    const receipt = await scene.as('head').call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    expect(receipt).toMatchObject({ sender: '泉州市人民政府教育督导室', writer: '鲤城区', ownName: false });
  });
});
