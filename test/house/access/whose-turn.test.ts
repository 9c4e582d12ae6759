import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import * as filings from '#contract/filings/filings.ts';
import * as home from '#contract/home/home.ts';
import type { FilingAction } from '#domain/filing/flow.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { type SchoolName, schools } from '#test/support/scenario.ts';
import { soundValues } from '#test/support/sound-values.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';
import { filingWorkKinds } from '../../../src/server/features/filings/work/filing.lines.store.ts';
import { homeFeature } from '../../../src/server/features/home/home.feature.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene([homeFeature([filingFeature(() => [])])]);
});
afterAll(() => scene?.app.close());

const as = (member: Member) => scene.app.as(member);
const change = (text: string, values: unknown[] = []) => scene.app.owner.query(text, values);
const names = Object.keys(schools) as SchoolName[];

/** Where a filing can stand, as columns of its row; each is consistent in itself. */
const at = { draft: null, in: '2025-10-12T02:00:00Z', back: '2025-10-13T02:00:00Z', since: '2025-10-14T02:00:00Z' };
const standings = {
  untouched: {},
  complete: { full: true },
  doubtful: { full: true, doubts: 1 },
  returned: { full: true, submitted: at.in, returned: at.back },
  corrected: { full: true, submitted: at.in, returned: at.back, updated: at.since },
  reduced: { submitted: at.in, returned: at.back, updated: at.since },
  submitted: { full: true, state: 'submitted', submitted: at.in },
  checked: { full: true, state: 'submitted', submitted: at.in, checked: at.back },
  explained: { full: true, state: 'submitted', submitted: at.in, explained: 1 },
  approved: { full: true, state: 'approved', submitted: at.in, approved: at.back },
  accepted: { full: true, state: 'accepted', submitted: at.in, approved: at.back },
} satisfies Record<string, Standing>;

interface Standing {
  readonly full?: boolean;
  readonly doubts?: number;
  readonly explained?: number;
  readonly state?: string;
  readonly submitted?: string;
  readonly returned?: string;
  readonly updated?: string;
  readonly checked?: string;
  readonly approved?: string;
}

/** Puts a filing there, with the cells that its counts speak of. */
async function put(name: SchoolName, given: Standing): Promise<void> {
  const { full = false, doubts = 0, explained = 0, state = 'draft', submitted, returned, checked, approved } = given;
  const cells = Object.fromEntries(
    Object.entries(soundValues(schools[name].type)).map(([key, v]) => [key, { v, n: 1 }]),
  );
  if (doubts + explained > 0) cells.图书册数 = { v: 150000, n: 1, ...(explained > 0 ? { e: '接收并校图书' } : {}) };
  await change(
    `update filings set state = $2, cells = $3, filled = case when $4 then required else 0 end,
       hard_findings = case when $4 then 0 else required end, soft_findings = $5::int + $6::int, open_doubts = $5,
       submitted_at = $7, first_submitted_on = $7::timestamptz::date, returned_at = $8::timestamptz,
       updated_at = coalesce($9::timestamptz, $8, $7, created_at), checked_at = $10::timestamptz,
       checked_by = case when $10 is not null then '鲤城督导' end, approved_at = $11
      where id = $1`,
    [
      ...[scene.ids[name], state, full ? JSON.stringify(cells) : '{}', full, doubts, explained],
      ...[submitted ?? null, returned ?? null, given.updated ?? null, checked ?? null, approved ?? null],
    ],
  );
}

/** The year as it stands around a filing: its day, whether it was ended, and the one-off extension of its filings. */
const times = {
  'before the first day': { now: '2025-09-20' },
  'in time': { now: '2025-10-15' },
  'in the days of grace': { now: '2025-10-22' },
  'after the days of grace': { now: '2025-10-27' },
  'after them with an extension': { now: '2025-10-27', extension: '2025-11-05' },
  'after it was ended': { now: '2025-10-15', ended: true },
  'after it was ended, with an extension': { now: '2025-10-27', ended: true, extension: '2025-11-05' },
  'after it was ended and the extension ran out': { now: '2025-11-06', ended: true, extension: '2025-11-05' },
} satisfies Record<string, { now: string; ended?: boolean; extension?: string }>;

type Query = Partial<z.input<typeof filings.list.query>>;
const waiting = (by: 'county' | 'city') => ({ state: 'submitted' as const, managedBy: by });

/** What a line of work promises: the act, and for whoever reaches places the list that it opens. */
const promises: Record<
  (typeof filingWorkKinds)[number],
  { act: FilingAction; list?: (by: 'county' | 'city') => Query }
> = {
  'filings.returned': { act: 'fill' },
  'filings.submit': { act: 'submit' },
  'filings.fill': { act: 'fill' },
  'filings.review': { act: 'check', list: (by) => ({ ...waiting(by), mark: 'to-check' }) },
  'filings.approve': { act: 'approve', list: waiting },
  'filings.checked': { act: 'approve', list: (by) => ({ ...waiting(by), mark: 'checked' }) },
  'filings.accept': { act: 'accept', list: () => ({ state: 'approved', managedBy: 'county' }) },
  'filings.unfiled': { act: 'remind', list: () => ({ mark: 'to-remind' }) },
  'filings.doubt': { act: 'return', list: (by) => ({ ...waiting(by), mark: 'to-check', doubts: 'true' }) },
  'filings.comments': { act: 'comment', list: () => ({ mark: 'comments' }) },
};

const reviewers: readonly Member[] = [
  'cityOfficer',
  'countyDirector',
  'countyOfficer',
  'otherDirector',
  'otherOfficer',
];
const schoolPeople: readonly Member[] = ['head', 'clerk', 'neighbourClerk', 'foreignHead', 'cityManagedHead'];

describe('a line of work is an act that would succeed now', () => {
  const seen = new Set<string>();

  /** The lines of a person that promise more than the flow gives. */
  async function broken(member: Member): Promise<string[]> {
    const { work } = await as(member).call(home.overview);
    const faults: string[] = [];
    for (const { kind, count, subject } of work.flatMap(({ parts, ...line }) => [line, ...parts])) {
      seen.add(kind);
      const { act, list } = promises[kind as keyof typeof promises];
      const query = list?.(member === 'cityOfficer' ? 'city' : 'county') ?? {};
      const { rows, total } = await as(member).call(filings.list, { query: { ...query, pageSize: 50 } });
      // A unit is counted once, however many filings it has.
      const units = new Set(rows.map(({ school }) => school.countyId)).size;
      const listed = kind === 'filings.accept' ? units : total;
      if (listed < count || (kind !== 'filings.accept' && listed !== count)) {
        faults.push(`${member} ${kind}: counts ${count}, lists ${listed}`);
      }
      if (subject !== null) expect(rows.map(({ id }) => id)).toContain(subject);
      for (const { id, can, school } of rows) {
        if (!can[act]) faults.push(`${member} ${kind}: may not ${act} at ${school.name}`);
        if (act !== 'submit') continue;
        const { obstacles } = await as(member).call(filings.read, { params: { filingId: id } });
        if (obstacles.length > 0) faults.push(`${member} ${kind}: ${obstacles.join()}`);
      }
    }
    return faults;
  }

  it.each(Object.entries(times))(
    '%s',
    async (_time, { now, ...given }: { now: string; ended?: boolean; extension?: string }) => {
      scene.app.clock.today = now;
      await change('update collections set state = $1', [given.ended ? 'closed' : 'open']);
      await change('update filings set deadline_extension = $1', [given.extension ?? null]);
      const all = Object.entries(standings);
      for (let turn = 0; turn < all.length; turn++) {
        const stood: string[] = [];
        for (const [index, name] of names.entries()) {
          const [where, standing] = all[(turn + index * 2) % all.length]!;
          await put(name, standing);
          stood.push(`${name} ${where}`);
        }
        const faults = (await Promise.all([...reviewers, ...schoolPeople].map(broken))).flat();
        expect(faults, stood.join(', ')).toEqual([]);
      }
      // The city takes a unit over as a whole.
      for (const name of names) await put(name, standings.approved);
      expect(await broken('cityOfficer')).toEqual([]);
    },
  );

  it('of every kind one was seen but that of comments, which need somebody to write', () => {
    expect([...seen].sort()).toEqual(filingWorkKinds.filter((kind) => kind !== 'filings.comments').toSorted());
  });

  it('asks nobody who submitted himself to check or to approve', async () => {
    scene.app.clock.today = '2025-10-15';
    await change("update collections set state = 'open'");
    for (const name of names) await put(name, standings.untouched);
    await scene.submit(as('countyOfficer'), as('countyOfficer'), 'junior');
    expect((await as('countyOfficer').call(home.overview)).work).toEqual([]);
    expect((await as('countyDirector').call(home.overview)).work).toMatchObject([
      { kind: 'filings.approve', count: 1 },
    ]);
    const can = (await scene.read(as('countyOfficer'), 'junior')).can;
    expect([can.check, can.return]).toEqual([false, true]);
  });
});

describe('what a person has done is handed over', () => {
  const linesOf = async (member: Member) => {
    const { work, handedOver } = await as(member).call(home.overview);
    const { waiting: frame } = await as(member).call(home.frame);
    expect(frame, 'what was handed over does not count as waiting').toBe(work.length);
    const short = (lines: typeof handedOver) => lines.map(({ kind, count }) => `${kind} ${count}`);
    const whole = work.map((line) =>
      [short([line]), ...(line.parts.length > 0 ? [`（${short(line.parts)}）`] : [])].join(''),
    );
    return { work: whole, handed: short(handedOver) };
  };
  const revision = async (name: SchoolName) => ({
    params: { filingId: scene.ids[name] },
    body: { revision: (await scene.read(as('cityOfficer'), name)).revision },
  });

  it('from the clerk to the head, from the school to the county, from the officer to the director, and to the city', async () => {
    scene.app.clock.today = '2025-10-15';
    await change("update collections set state = 'open'");
    await change('update filings set deadline_extension = null');
    for (const name of names) await put(name, standings.untouched);
    expect(await linesOf('clerk')).toEqual({ work: ['filings.fill 1'], handed: [] });

    await scene.fill(as('clerk'), 'first');
    expect(await linesOf('clerk')).toEqual({ work: [], handed: ['filings.toSubmit 1'] });
    expect(await linesOf('head')).toEqual({ work: ['filings.submit 1'], handed: [] });

    await as('head').call(filings.submit, await revision('first'));
    expect(await linesOf('head')).toEqual({ work: [], handed: ['filings.toReview 1'] });
    expect(await linesOf('clerk')).toEqual({ work: [], handed: ['filings.toReview 1'] });
    expect(await linesOf('countyOfficer')).toEqual({ work: ['filings.review 1'], handed: [] });
    expect(await linesOf('countyDirector')).toEqual({ work: ['filings.approve 1'], handed: [] });

    await as('countyOfficer').call(filings.check, await revision('first'));
    expect(await linesOf('countyOfficer')).toEqual({ work: [], handed: ['filings.toApprove 1'] });
    expect(await linesOf('countyDirector')).toEqual({ work: ['filings.approve 1（filings.checked 1）'], handed: [] });

    await as('countyDirector').call(filings.approve, await revision('first'));
    expect(await linesOf('countyOfficer')).toEqual({ work: [], handed: [] });
    expect(await linesOf('countyDirector')).toEqual({ work: [], handed: ['filings.toAccept 1'] });
  });

  it('a doubt without explanation brings it back to the clerk, and leaves the head nothing to submit', async () => {
    await put('first', standings.untouched);
    await scene.fill(as('clerk'), 'first', { 图书册数: 150000 });
    expect(await linesOf('clerk')).toEqual({ work: ['filings.fill 1'], handed: [] });
    expect(await linesOf('head')).toEqual({ work: ['filings.fill 1'], handed: [] });
    const version = (await scene.read(as('clerk'), 'first')).cells.图书册数!.n;
    const changes = [{ field: '图书册数', explanation: '接收并校图书', version }];
    await as('clerk').call(filings.saveCells, { params: { filingId: scene.ids.first }, body: { changes } });
    expect(await linesOf('clerk')).toEqual({ work: [], handed: ['filings.toSubmit 1'] });
    expect(await linesOf('head')).toEqual({ work: ['filings.submit 1'], handed: [] });
  });

  it('a clerk without a head submits, and a corrected return waits for the head', async () => {
    await put('neighbour', standings.complete);
    expect(await linesOf('neighbourClerk')).toEqual({ work: ['filings.submit 1'], handed: [] });
    await put('first', standings.returned);
    expect(await linesOf('clerk')).toEqual({ work: ['filings.returned 1'], handed: [] });
    expect(await linesOf('head')).toEqual({ work: ['filings.returned 1'], handed: [] });
    await put('first', standings.corrected);
    expect(await linesOf('clerk')).toEqual({ work: [], handed: ['filings.toSubmit 1'] });
    expect(await linesOf('head')).toEqual({ work: ['filings.submit 1'], handed: [] });
  });

  it('what came too late waits for an extension', async () => {
    await put('first', standings.complete);
    scene.app.clock.today = '2025-10-27';
    expect(await linesOf('head')).toEqual({ work: [], handed: ['filings.toExtend 1'] });
    scene.app.clock.today = '2025-10-15';
  });
});
