import { afterAll, beforeAll, expect, it } from 'vitest';
import * as letters from '#contract/official-documents/letters.ts';
import * as series from '#contract/official-documents/series.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { pause } from '#platform/postgres/running-process.ts';
import { cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import { effort, momentsOf } from '../support/effort.ts';
import { type FaultStage, openFaultStage } from '../support/fault-stage.ts';
import { schools, units } from '../support/scenario.ts';

/** Letters that get their number at once in one round. */
const batch = 6;
let database: TestDatabase;
let stage: FaultStage;
beforeAll(async () => {
  database = await cloneDatabase();
  stage = await openFaultStage({ schools: 1, database });
  // Check, signature and number are of three hands: somebody else of the city signs.
  await stage.owner(
    `with signer as (update people set two_factor_enabled = true where username = 'roleless' returning id)
     insert into grants (id, person_id, role_key, unit_id) select gen_random_uuid(), id, 'city-officer', $1 from signer`,
    [units.city.id],
  );
}, effort.patience);
afterAll(async () => {
  await stage?.close();
  await database?.drop();
});

const recipients = [
  { unitId: units.licheng.id, schoolId: null },
  { unitId: units.fengze.id, schoolId: null },
  { unitId: units.licheng.id, schoolId: schools.first.id },
];
/** The revision of a letter that waits for its number. */
const signedRevision = 5;

/** A letter that only waits for its number. */
async function signed(seriesId: string): Promise<string> {
  const [office, section, signer] = [stage.as('cityOfficer'), stage.as('sectionOfficer'), stage.as('roleless')];
  const { id } = await office.call(letters.draft, { body: { kind: 'notice' } });
  const params = { letterId: id };
  const written = {
    ...{ kind: 'notice' as const, title: '关于开展秋季开学督导的通知', addressees: ['各县（市、区）人民政府'] },
    ...{ body: [{ kind: 'paragraph' as const, text: '定于十月开展督导。' }], attachments: [], copyTo: [] },
    ...{ sealed: true, restricted: false, seriesId, recipients, revision: 1 },
  };
  await office.call(letters.save, { params, body: written });
  await office.call(letters.submit, { params, body: { revision: 2 } });
  await section.call(letters.check, { params, body: { revision: 3 } });
  await signer.call(letters.sign, { params, body: { revision: 4 } });
  return id;
}

interface Standing {
  readonly id: string;
  readonly state: string;
  readonly ordinal: number | null;
  readonly number: string | null;
  readonly model: { readonly number: { readonly ordinal: number | null } };
  readonly digest: string | null;
  readonly steps: number;
  /** The numbers in the audit of its issue. */
  readonly audited: string[];
  /** Receipts that hold the same text, digest and number. */
  readonly copies: number;
  readonly receipts: number;
  readonly told: number;
}

const standings = (seriesId: string) =>
  stage.owner<Standing>(
    `select l.id, l.state, l.number as ordinal, l.number_text as number, l.model, l.model_hash as digest,
       (select count(*)::int from steps s where s.place_id = l.place_id and s.subject_id = l.id and s.action = 'issue') as steps,
       array(select a.after->>'number' from audit_events a where a.object_id = l.id::text and a.action = 'letter.issued') as audited,
       (select count(*)::int from letter_receipts r join letter_texts t on t.place_id = r.place_id and t.digest = r.model_hash
         where r.letter_id = l.id and t.model = l.model
          and r.model_hash = l.model_hash and r.number_text = l.number_text) as copies,
       (select count(*)::int from letter_receipts r where r.letter_id = l.id) as receipts,
       (select count(*)::int from notices n where n.subject_id = l.id) as told
     from letters l where l.series_id = $1 order by l.number`,
    [seriesId],
  );

/** Every letter is issued whole or not at all, and the numbers run from 1 to the last of the counter. */
async function expectWhole(seriesId: string, acknowledged: ReadonlyMap<string, string>): Promise<string[]> {
  const all = await standings(seriesId);
  const issued = all.filter(({ state }) => state === 'issued');
  expect(issued.map(({ ordinal }) => ordinal)).toEqual(issued.map((_, at) => at + 1));
  const [counter] = await stage.owner<{ last: number }>(`select last from letter_counters where series_id = $1`, [
    seriesId,
  ]);
  expect(counter?.last ?? 0).toBe(issued.length);
  for (const letter of issued) {
    const { model, number } = letter;
    expect(letter).toEqual({
      ...letter,
      ...{ digest: digestOf(model), steps: 1, audited: [number] },
      ...{ copies: recipients.length, receipts: recipients.length, told: recipients.length },
    });
    expect(model.number.ordinal).toBe(letter.ordinal);
  }
  const waiting = all.filter(({ state }) => state !== 'issued');
  for (const letter of waiting) {
    expect(letter).toEqual({
      ...letter,
      ...{ state: 'signed', ordinal: null, number: null, digest: null },
      ...{ steps: 0, audited: [], copies: 0, receipts: 0, told: 0 },
    });
  }
  for (const [id, number] of acknowledged) expect(issued.find((one) => one.id === id)?.number).toBe(number);
  return waiting.map(({ id }) => id);
}

it(
  'a server killed while letters get their numbers leaves no gap, no double, and no letter that is half issued',
  async () => {
    const moments = momentsOf('letters');
    const { id: seriesId } = await stage.as('cityOfficer').call(series.openSeries, {
      body: {
        ...{ code: '泉政教督', head: '泉州市人民政府教育督导室文件' },
        ...{ signer: '泉州市人民政府教育督导室', printedBy: '泉州市教育局' },
      },
    });
    const acknowledged = new Map<string, string>();
    const issue = async (letterId: string) => {
      const asked = { params: { letterId }, body: { revision: signedRevision } };
      const { status, body } = await stage.as('cityOfficer').ask(letters.issue, asked);
      if (status === 200) acknowledged.set(letterId, (body as { number: string }).number);
      return status;
    };
    let waiting: string[] = [];
    let lost = 0;
    for (let round = 0; round <= effort.kills; round += 1) {
      const more = Array.from({ length: batch - waiting.length }, () => signed(seriesId));
      const ids = [...waiting, ...(await Promise.all(more))];
      const before = acknowledged.size;
      let killed = false;
      const issueAll = Promise.all(
        ids.map(async (id) => {
          if ((await issue(id)) === 200) return;
          lost += 1;
          expect(killed).toBe(true);
        }),
      );
      const until = before + moments.integer(0, batch - 2);
      await expect
        .poll(() => acknowledged.size, { interval: 2, timeout: effort.patience })
        .toBeGreaterThanOrEqual(until);
      await pause(moments.between(0, 15));
      killed = true;
      await stage.product.kill();
      await issueAll;
      await stage.restart();
      waiting = await expectWhole(seriesId, acknowledged);
    }
    expect(lost).toBeGreaterThan(0);
    // Whoever waited takes the next numbers.
    for (const id of waiting) expect(await issue(id)).toBe(200);
    expect(await expectWhole(seriesId, acknowledged)).toEqual([]);
  },
  effort.patience,
);
