import { randomUUID } from 'node:crypto';
import * as home from '#contract/home/home.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as series from '#contract/official-documents/series.ts';
import { openTestApp, type TestApp, type TestPerson } from '../app.ts';
import { type Member, openSession } from '../cast.ts';
import { schools, units } from '../scenario.ts';

export const office = {
  head: '泉州市人民政府教育督导室文件',
  signer: '泉州市人民政府教育督导室',
  printedBy: '泉州市教育局',
};

export const content = {
  ...{ kind: 'notice' as const, title: '关于开展秋季开学督导的通知', addressees: ['各县（市、区）人民政府'] },
  ...{ body: [{ kind: 'paragraph' as const, text: '定于十月开展督导。' }], attachments: [], copyTo: ['市教育局'] },
  ...{ sealed: true, restricted: false },
};

export const ofUnit = (unitId: number) => ({ unitId, schoolId: null });

export const everybody = [
  ofUnit(units.licheng.id),
  ofUnit(units.fengze.id),
  { unitId: units.licheng.id, schoolId: schools.first.id },
];

/** An act on a letter at the revision that was read. */
export const at = (params: { letterId: string }, revision: number, more: object = {}) => ({
  params,
  body: { revision, ...more } as never,
});

type Written = { by?: TestPerson; recipients?: readonly object[] } & Partial<
  Omit<typeof content, 'body'> & { readonly body: readonly object[]; readonly figures: readonly object[] }
>;

/** The office of the city with enough people for every hand of a letter. */
export class LetterScene {
  readonly app: TestApp;
  /** Two more people of the city: one who signs, and one who issues. */
  readonly signer: TestPerson;
  readonly issuer: TestPerson;

  private constructor(app: TestApp, signer: TestPerson, issuer: TestPerson) {
    this.app = app;
    this.signer = signer;
    this.issuer = issuer;
  }

  static async open(given?: TestApp): Promise<LetterScene> {
    const app = given ?? (await openTestApp());
    const more = () => oneMore(app, 'city-officer', units.city.id);
    return new LetterScene(app, await more(), await more());
  }

  as(member: Member): TestPerson {
    return this.app.as(member);
  }

  /** Somebody else in a post of this role. */
  oneMore(role: string, unitId: number): Promise<TestPerson> {
    return oneMore(this.app, role, unitId);
  }

  openSeries(member: Member, code: string) {
    return this.as(member).call(series.openSeries, { body: { code, ...office } });
  }

  /** A draft of the section officer of the city, or of somebody else, with this text. */
  async drafted(seriesId: string, { by = this.as('sectionOfficer'), recipients = everybody, ...more }: Written = {}) {
    const { id } = await by.call(letters.draft, { body: { kind: 'notice' } });
    const params = { letterId: id };
    const body = { ...content, ...more, seriesId, recipients, revision: 1 } as never;
    const { revision } = await by.call(letters.save, { params, body });
    return { params, revision };
  }

  /** A letter that only waits for its number. */
  async signed(seriesId: string, more: Written = {}) {
    const { params, revision } = await this.drafted(seriesId, more);
    await (more.by ?? this.as('sectionOfficer')).call(letters.submit, at(params, revision));
    await this.as('cityOfficer').call(letters.check, at(params, revision + 1));
    await this.signer.call(letters.sign, at(params, revision + 2));
    return { params, revision: revision + 3 };
  }

  /** The lines of the home page that are about letters. */
  async waiting(person: TestPerson): Promise<string[]> {
    return (await person.call(home.overview)).work.flatMap(({ kind, count }) =>
      kind.startsWith('official-documents.') ? [`${kind.slice('official-documents.'.length)} ${count}`] : [],
    );
  }
}

async function oneMore(app: TestApp, role: string, unitId: number): Promise<TestPerson> {
  const id = randomUUID();
  await app.owner.query(
    `insert into people (id, name, username, email, password_changed_at, two_factor_enabled)
     values ($1, $2, $2, $2 || '@dudao.invalid', now(), true)`,
    [id, `同事${id.slice(0, 8)}`],
  );
  await app.owner.query(`insert into grants (id, person_id, role_key, unit_id) values ($1, $2, $3, $4)`, [
    randomUUID(),
    id,
    role,
    unitId,
  ]);
  return app.withCookie(await openSession(app.owner, id, app.clock.now));
}
