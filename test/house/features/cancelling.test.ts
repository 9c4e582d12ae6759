import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as meetings from '#contract/work-plans/meetings.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { openTrackScene } from '#test/support/balance/track.ts';
import { at, LetterScene } from '#test/support/product/letter-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { textOf } from '#test/support/sources.ts';
import { features } from '../../../src/server/app/features.ts';

let scene: Awaited<ReturnType<typeof openTrackScene>>;
let office: LetterScene;

beforeAll(async () => {
  scene = await openTrackScene();
  office = await LetterScene.open(scene.app);
});
afterAll(() => scene?.app.close());

const reason = '不再需要';
const place = (unitId: number) => [unitId, null, 'place', reason];
const counties = [place(units.licheng.id), place(units.fengze.id)];

/** An act that cancels: the kind of its notice, whom it reaches, and how it is done. Returns the subject of the notice. */
interface Cancelling {
  readonly kind: string;
  readonly told: readonly unknown[];
  act(): Promise<string>;
}

const city = () => scene.app.as('cityOfficer');

const acts: readonly Cancelling[] = [
  {
    kind: 'balance-tracking.cancelled',
    told: [place(units.fengze.id)],
    async act() {
      const track = await scene.of(units.fengze.id);
      await city().call(tracking.cancel, await track.at({ reason }));
      return track.params.trackId;
    },
  },
  {
    kind: 'letter.withdrawn',
    told: [...counties, [units.licheng.id, schools.first.id, 'school', reason]],
    async act() {
      const { id } = await office.openSeries('cityOfficer', '泉撤');
      const { params, revision } = await office.signed(id);
      const issued = await office.issuer.call(letters.issue, at(params, revision));
      await office.issuer.call(letters.withdraw, at(params, issued.revision, { reason }));
      return params.letterId;
    },
  },
  {
    kind: 'meeting.cancelled',
    told: counties,
    async act() {
      const content = { heldOn: '2025-10-20', title: '推进会', agenda: '通报进度' };
      const invited = [units.licheng.id, units.fengze.id];
      const { id } = await city().call(meetings.call, { body: { ...content, invited } });
      await city().call(meetings.cancel, { params: { meetingId: id }, body: { revision: 1, reason } });
      return id;
    },
  },
  {
    kind: 'work-plan.cancelled',
    told: counties,
    async act() {
      const text = '1.各县（市、区）开展自查。';
      const { id: planId } = await city().call(plans.create, { body: { kind: 'city', year: 2026, text } });
      await city().call(plans.issue, { params: { planId }, body: { revision: 1 } });
      const { plan } = await city().call(plans.read, { params: { planId } });
      await city().call(plans.cancel, { params: { planId }, body: { revision: plan.revision, reason } });
      return planId;
    },
  },
];

/** Kinds whose acts need scenes of their own, and the test that says whom each reaches and with which note. */
const elsewhere: Readonly<Record<string, string>> = {
  'campaign.cancelled': 'src/server/features/campaigns/campaigns.routes.test.ts',
  'evaluation.cancelled': 'src/server/features/campaigns/campaigns.routes.test.ts',
  'filing.withdrawn': 'src/server/features/filings/collection/taking-back.test.ts',
  'rectification.cancelled': 'src/server/features/rectifications/step/steps.test.ts',
  'rectification.drawCancelled': 'src/server/features/rectifications/reproof/reproof.test.ts',
  'rectification.extensionWithdrawn': 'src/server/features/rectifications/step/steps.test.ts',
};

describe('whoever was told of a thing is told that it is cancelled, with the reason', () => {
  it.each(acts)('$kind', async ({ kind, told, act }) => {
    const subject = await act();
    const { rows } = await scene.app.owner.query(
      `select place_id, school_id, audience, note from notices where subject_id = $1 and kind = $2
        order by school_id nulls first, place_id`,
      [subject, kind],
    );
    expect(rows.map((row) => [row.place_id, row.school_id, row.audience, row.note])).toEqual(told);
  });

  it('no kind of notice that cancels is left out', () => {
    const kinds = features
      .flatMap(({ notices = {} }) => Object.keys(notices))
      .filter((kind) => /(cancelled|withdrawn)$/i.test(kind));
    const held = [...acts.map(({ kind }) => kind), ...Object.keys(elsewhere)];
    expect([...new Set(kinds)].sort()).toEqual(held.sort());
    for (const [kind, file] of Object.entries(elsewhere)) expect(textOf(file), kind).toContain(kind);
  });
});
