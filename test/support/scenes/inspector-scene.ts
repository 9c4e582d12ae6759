import * as inspectors from '#contract/inspectors/inspectors.ts';
import type { RouteArguments } from '#contract/route.ts';
import { openSession } from '#test/support/cast.ts';
import type { TestApp, TestPerson } from '../app.ts';
import { schools } from '../scenario.ts';

type Form = RouteArguments<typeof inspectors.enter>['body'];

const looked = { met: true, basis: '考核材料' };

/** A form that meets every requirement of article 7. */
export const inspectorForm: Form = {
  ...{ kind: 'responsible', name: '林督学', sex: 'female', birthYear: 1975 },
  employer: { written: schools.junior.name, unitId: null, schoolId: schools.junior.id },
  ...{
    post: '副校长',
    degree: 'bachelor',
    professionalTitle: '高级教师',
    educationYears: 20,
    stages: ['primary', 'junior'],
  },
  ...{ subjects: '语文', certificateNumber: '闽督2025001', phone: '0595-22000009', publicContact: '', profile: '' },
  ...{ recommendedBy: '鲤城区教育局', username: null },
  statements: ['faith', 'knowledge', 'conduct', 'achievement', 'coordination', 'health', 'assessment'].map(
    (requirement) => ({ requirement, ...looked }),
  ),
  posts: [],
  relations: [],
};

/** Another officer of 鲤城 who reviews: an office of two has the first review and the second in two hands. */
export async function secondDirector(app: TestApp): Promise<TestPerson> {
  const id = crypto.randomUUID();
  const { personId } = app.as('countyDirector');
  await app.owner.query(
    `insert into people (id, name, username, email, password_changed_at) values ($1, '鲤城副主任', 'deputy', $2, now())`,
    [id, `${id}@dudao.invalid`],
  );
  await app.owner.query(
    `insert into grants (id, person_id, role_key, unit_id)
     select gen_random_uuid(), $1, role_key, unit_id from grants where person_id = $2`,
    [id, personId],
  );
  return app.withCookie(await openSession(app.owner, id, app.clock.now), null);
}

/** An inspector of 鲤城 on the way: entered by the officer, and as many steps as are asked for. */
export async function onTheWay(
  app: TestApp,
  to: 'draft' | 'recommended' | 'reviewed' | 'confirmed' | 'publicised' | 'serving',
  form: Partial<Form> = {},
): Promise<{ id: string; revision: number }> {
  const [officer, director, city] = [app.as('countyOfficer'), app.as('countyDirector'), app.as('cityOfficer')];
  let at = await officer.call(inspectors.enter, { body: { ...inspectorForm, ...form } });
  const params = { inspectorId: at.id };
  const today = '2025-10-15';
  const steps = [
    [
      'recommended',
      async () => {
        // Whoever has an account has filled in the own form by now.
        await app.owner.query(
          `update inspectors set filled_on = '2025-10-14' where id = $1 and person_id is not null and filled_on is null`,
          [at.id],
        );
        const paperForm = form.username == null ? '督导室档案' : null;
        return officer.call(inspectors.recommend, { params, body: { revision: at.revision, paperForm } });
      },
    ],
    ['reviewed', () => director.call(inspectors.review, { params, body: { revision: at.revision } })],
    ['confirmed', () => city.call(inspectors.confirm, { params, body: { revision: at.revision } })],
    [
      'publicised',
      async () => {
        // The notice stood a week ago: its days may not lie in the past when it is announced.
        const before = app.clock.today;
        app.clock.today = '2025-10-01';
        const body = { revision: at.revision, from: '2025-10-01', to: '2025-10-08' };
        const publicised = await director.call(inspectors.publicise, { params, body });
        app.clock.today = before;
        return publicised;
      },
    ],
    [
      'serving',
      () =>
        director.call(inspectors.appoint, {
          params,
          body: { revision: at.revision, from: today, to: '2028-10-14', documentNumber: '泉鲤教督〔2025〕3号' },
        }),
    ],
  ] as const;
  for (const [state, act] of steps) {
    if (at.state === to) break;
    at = await act();
    if (at.state !== state) throw new Error(`the inspector is ${at.state}`);
  }
  return at;
}
