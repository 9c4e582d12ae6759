/** A request with its address and the username of an account of the sample that sends it (null: nobody). */
export type Reading = readonly [who: string | null, request: string];

/** A school for each state of a filing and each kind of school, by its code; each has accounts in the sample. */
const schoolCodes = [
  ...['2135990140', '2135990107', '3135991299', '3135990244', '3435990037', '3435990095', '3435990100'],
  ...['3435990042', '5135990162', '2135990000', '2135990111'],
];
/** A 教学点: it has a clerk and no head. */
const teachingPoint = '2135990148';

/** Every role, and the same role at places where the year is in another state. */
const everybody = [
  ...['city', 'section', 'director-350504', 'officer-350504', 'director-350502', 'officer-3505-a'],
  ...schoolCodes.map((code) => `head-${code}`),
  ...['clerk-2135990107', 'clerk-2135990111', `clerk-${teachingPoint}`, 'system', 'security', 'audit'],
];
const readers = ['city', 'section', 'officer-350504', 'head-2135990107'];

const as = (who: string | null, requests: readonly string[]): Reading[] =>
  requests.map((request) => [who, `GET ${request}`]);
const each = (people: readonly (string | null)[], ...requests: string[]): Reading[] =>
  people.flatMap((who) => as(who, requests));
const narrowed = (path: string, queries: readonly string[]) => queries.map((query) => `${path}?${query}`);

const home: Reading[] = [
  ...each(everybody, '/api/session', '/api/session/rights', '/api/home/frame', '/api/home/overview', '/api/notices'),
  ...each(readers, '/api/home/overview?year=2024', '/api/home/overview?year=1999'),
  ...as('city', narrowed('/api/home/overview', ['unitId=5', 'unitId=3', 'unitId=2', 'unitId=5&year=2023'])),
  ...each(['city', 'head-2135990107', 'audit'], '/api/sessions', '/api/tokens'),
  ...each(['system', 'security', 'audit', 'city', 'section'], '/api/home/beginning'),
  ...each(['city', 'section', 'director-350503', 'head-2135990107'], '/api/work-plans', '/api/work-plans?year=2017'),
  ...each(
    ['city', 'section', 'director-350503', 'head-2135990107'],
    '/api/inspectors?pageSize=50',
    '/api/inspector-bodies?search=洛江',
  ),
  ...each(['inspector-350504', 'head-2135990107'], '/api/own-inspectors'),
  ...each(
    ['city', 'director-350503', 'head-2135990107'],
    '/api/balance-tracks?year=2025',
    '/api/province-figures?year=2025',
  ),
  ...each(['city', 'officer-350504', 'head-2135990107'], '/api/campaigns', '/api/evaluations', '/api/evidence'),
  ...each(['city', 'officer-350504', 'head-2135990107'], '/api/frameworks', '/api/frameworks?state=incomplete'),
  ...each(
    ['city'],
    ...[
      '/api/frameworks/county-inspection-sample',
      '/api/frameworks/county-inspection-sample/file',
      '/api/framework-drafts',
    ],
    '/api/framework-comparison?first=inspector-appraisal-sample&second=city-school-inspector-appraisal-sample',
    '/api/framework-schools?search=实验',
  ),
  ...each(['city', 'officer-350504'], '/api/meetings', '/api/work-plan-items?search=评估'),
  ...each(['system', 'city', 'head-2135990107'], '/api/notices/mail', '/api/deliveries', '/api/settings/outgoing'),
  ...each(['city', 'head-2135990107'], '/api/attachments/ending'),
  ...each([null], '/api/session', '/api/home/frame', '/api/health', '/api/nowhere'),
];

/** Schools with events: renamed, moved, merged, closed and reopened, split, retyped, closed, merged. */
const eventful = [105, 159, 259, 769, 958, 1301, 1687, 1717, 1754, 1758];

const directory: Reading[] = [
  ...each(['system', 'city'], '/api/directory/divisions', '/api/directory/divisions/410300'),
  ...each(['city', 'officer-350504'], '/api/directory/unit-register'),
  ...each(['city', 'head-2135990107', 'audit'], '/api/directory/units'),
  ...as(
    'city',
    Array.from({ length: 15 }, (_, index) => `/api/directory/units/${index + 1}`),
  ),
  ...each(['officer-350504', 'head-2135990107'], '/api/directory/units/5', '/api/directory/units/3'),
  ...as('city', [
    '/api/directory/schools',
    ...narrowed('/api/directory/schools', [
      ...['code', '-code', 'name', '-name', 'schoolType', '-schoolType', 'county', '-county', 'foundedYear']
        .concat('-foundedYear', 'nothing')
        .map((sort) => `pageSize=10&sort=${sort}`),
      ...['page=2', 'pageSize=200&page=9', 'page=99', 'pageSize=201', 'page=0', 'unitId=5', 'unitId=2', 'unitId=99'],
      ...['managedBy=city', 'managedBy=county&pageSize=5', 'schoolType=218', 'ownership=private', 'ownership=other'],
      ...['primary', 'junior', 'senior', 'special', 'vocational'].map((level) => `pageSize=10&level=${level}`),
      ...['urban', 'town', 'rural'].map((place) => `pageSize=10&urbanClass=${place}`),
      ...['merged', 'closed', 'all'].map((status) => `pageSize=10&sort=-code&status=${status}`),
      ...['启新', '2135990107', 'lj', '没有这样的学校'].map((search) => `search=${search}`),
      'unitId=12&level=primary&urbanClass=town&ownership=public&search=镇&sort=-name&page=2&pageSize=7',
    ]),
  ]),
  ...each(['section', 'officer-350504', 'head-2135990107', 'system'], '/api/directory/schools'),
  ...as(
    'city',
    eventful.flatMap((id) => [
      ...[`/api/directory/schools/${id}`, `/api/directory/schools/${id}/history`],
      `/api/filings/schools/${id}/years`,
    ]),
  ),
  ...each(['city', 'officer-350504'], '/api/directory/schools/108/consequences?ending=108&ending=159'),
  ...each(['officer-350504', 'head-2135990107'], '/api/directory/schools/108', '/api/directory/schools/108/history'),
  ...each(['officer-350504', 'head-2135990107'], '/api/directory/schools/1', '/api/directory/schools/159/history'),
  ...each(['officer-350504', 'head-2135990107'], '/api/filings/schools/108/years', '/api/filings/schools/159/years'),
  ...as(
    'city',
    ['启新', 'lj', '2135990107', '洛江', '晋', '没有'].map((text) => `/api/directory/find?text=${text}`),
  ),
  ...each(readers, '/api/directory/units/2/lower-units', '/api/directory/units/5/lower-units'),
  // 基教科 of the city, with a post in it, and 督导室 of 鲤城区.
  ...each(readers, '/api/directory/lower-units/17', '/api/directory/lower-units/25'),
  ...as('officer-350504', narrowed('/api/directory/find', ['text=小学&limit=30', 'text=晋江', 'text='])),
  ...as('city', ['/api/directory/schools/99999', '/api/directory/units/99', '/api/directory/schools/abc']),
];

const letters: Reading[] = [
  ...each(
    ['city', 'section', 'director-350502', 'officer-350504', 'head-2135990107', 'audit'],
    ...['/api/letters', '/api/letter-series?year=2026', '/api/letter-receipts', '/api/letter-addressees?search=洛江'],
  ),
  ...as('city', [
    ...narrowed('/api/letters', [
      'sort=title',
      'sort=-number',
      'state=issued',
      'waiting=sign',
      'kind=notice',
      'search=通知',
    ]),
    ...['/api/letters/99', '/api/letter-receipts/99'],
  ]),
  ...as('officer-350504', narrowed('/api/letter-receipts', ['state=waiting', 'state=withdrawn', 'sort=title'])),
];

const findings: Reading[] = [
  ...each(
    ['city', 'section', 'director-350504', 'officer-350504', 'head-2135990107', 'audit'],
    ...['/api/findings', '/api/finding-kinds', '/api/finding-passes', '/api/findings/board?year=2025'],
    ...['/api/findings/half-lives', '/api/finding-reproofs', '/api/finding-duties?search=洛江'],
  ),
  ...as('city', [
    ...narrowed('/api/findings', [
      ...['dueOn', '-foundOn', 'severity', 'state', 'title', '-closedOn'].map((sort) => `pageSize=10&sort=${sort}`),
      ...['open=true', 'overdue=true', 'state=closed&state=checked', 'severity=urgent', 'kind=safety', 'year=2023'],
      ...['unitId=5', 'waiting=raised', 'waiting=urgent', 'search=围墙', 'search=weiqiang', 'page=99', 'state=lost'],
    ]),
    ...['/api/findings/board?year=2024&unitId=3', '/api/findings/half-lives?unitId=3'],
  ]),
];

const marks = ['owed', 'overdue', 'late', 'changed', 'checked', 'to-check', 'to-remind', 'comments'];
const situations = ['untouched', 'draft', 'returned', 'submitted', 'approved', 'accepted'];
const filingSorts = ['name', 'code', 'state', 'submittedAt', 'updatedAt', 'findings', 'filled'];
const filingOf = (code: string, year = 2025) => `/api/filings/{filing ${year} ${code}}`;

const filings: Reading[] = [
  ...as('city', [
    '/api/filings',
    ...narrowed('/api/filings', [
      ...filingSorts.flatMap((sort) => [`pageSize=5&sort=${sort}`, `pageSize=5&sort=-${sort}`]),
      ...['draft', 'submitted', 'approved', 'accepted'].map((state) => `pageSize=5&state=${state}`),
      'pageSize=5&state=draft&state=submitted',
      ...marks.map((mark) => `pageSize=5&mark=${mark}`),
      ...situations.map((situation) => `pageSize=5&situation=${situation}`),
      'pageSize=5&mark=late&mark=changed',
      ...['primary', 'junior', 'senior', 'special', 'vocational'].map((level) => `pageSize=5&level=${level}`),
      ...['managedBy=city', 'doubts=true&pageSize=10', 'year=2024&pageSize=5', 'year=1999', 'search=ljq&pageSize=5'],
      ...['unitId=5&page=3', 'unitId=2&pageSize=5', 'state=lost', 'search=2135990107'],
    ]),
  ]),
  ...each(
    ['director-350504', 'officer-350504'],
    '/api/filings',
    ...narrowed(
      '/api/filings',
      marks.map((mark) => `mark=${mark}&pageSize=5`),
    ),
  ),
  ...each(['section', 'head-2135990107', 'clerk-2135990111', 'audit'], '/api/filings?pageSize=5'),
  ...each(['city', 'head-2135990107'], '/api/filing-catalogues/resource-2025'),
  ...as('city', ['/api/filing-catalogues/resource-1999']),
  ...[...schoolCodes, teachingPoint].flatMap((code) => [
    ...each(['city', `clerk-${code}`], filingOf(code)),
    ...as('city', [`${filingOf(code)}/print`]),
  ]),
  ...each(
    ['officer-350504', 'director-350504'],
    ...['2135990140', '2135990107', '2135990111', teachingPoint].map((code) => filingOf(code)),
  ),
  ...each(['officer-350505', 'director-350505', 'section'], filingOf('3135990244')),
  ...each(['head-2135990107', 'officer-350505', 'audit'], filingOf('2135990140'), `${filingOf('2135990140')}/print`),
  ...as(
    'city',
    [2023, 2024].flatMap((year) => [filingOf('2135990000', year), `${filingOf('3435990037', year)}/print`]),
  ),
  ...each(['city', 'clerk-2135990107'], `${filingOf('2135990107')}/cells/图书册数/history`),
  ...each(['city', 'officer-350504', 'clerk-2135990107', 'audit'], `${filingOf('2135990107')}/timeline`),
  ...as('city', narrowed(`${filingOf('2135990140')}/timeline`, ['kind=step', 'page=2&pageSize=1', 'kind=lost'])),
  ...as('city', narrowed('/api/filings/progress', ['', 'year=2024', 'year=2023', 'year=1999', 'unitId=5', 'unitId=2'])),
  ...each(['section', 'officer-350504', 'director-350502', 'head-2135990107'], '/api/filings/progress'),
  ...as(
    'city',
    narrowed('/api/filings/remindable', ['', 'year=2024', 'year=1999', 'unitId=5', 'managedBy=city', 'doubts=true']),
  ),
  ...as('city', narrowed('/api/filings/calls', ['unitId=5', 'unitId=5&all=true', 'year=1999'])),
  ...each(
    ['section', 'officer-350504', 'director-350502', 'head-2135990107'],
    '/api/filings/calls?situation=untouched',
    '/api/filings/remindable',
    '/api/filings/remindable?situation=untouched&level=primary',
  ),
  ...as(
    'city',
    narrowed('/api/filings/grid', [
      ...['基本情况', '教师', '校舍', '设备'].map((group) => `unitId=5&pageSize=20&group=${group}`),
      ...[
        'unitId=4',
        'unitId=3&year=2024&fields=图书册数,计算机台数',
        'managedBy=city',
        'situation=returned&sort=-findings',
      ],
      ...['unitId=5&fields=没有这一项', 'pageSize=501', 'search=启新', 'pageSize=3&page=2&level=junior'],
    ]),
  ),
  ...each(['officer-350504', 'clerk-2135990107', 'clerk-2135990111', 'section'], '/api/filings/grid?pageSize=30'),
  ...each(['city', 'officer-350504', 'head-2135990107', 'audit'], '/api/periods'),
  ...as('city', narrowed('/api/periods/preview', ['year=2025', 'year=2026', 'year=2026&opensOn=2026-09-01', 'year=x'])),
  ...as('director-350504', ['/api/periods/preview?year=2026']),
  ...each(['city', 'director-350504'], '/api/periods/3/schools'),
  ...as('city', ['/api/filing-imports/00000000-0000-7000-8000-000000000000', '/api/filings/not-an-id']),
];

/** What people look at, except balance and administration. These requests change nothing, so their order is free. */
export const deskReadings: readonly Reading[] = [...home, ...directory, ...findings, ...letters, ...filings];

const standards = ['basic-2012', 'quality-2017'];
const years = [2023, 2024, 2025];
const counties = Array.from({ length: 13 }, (_, index) => index + 3);
const countyOf = (id: number) => `/api/balance/counties/${id}`;
const run = (unit: string, year: number, standard: string) => `{run ${unit} ${year} ${standard}}`;

export const balanceReadings: readonly Reading[] = [
  ...as(
    'city',
    years.flatMap((year) => standards.map((key) => `/api/balance/overview?year=${year}&standard=${key}`)),
  ),
  ...as('city', narrowed('/api/balance/overview', ['', 'year=1999', 'standard=nothing'])),
  ...each(['section', 'officer-350504', 'head-2135990107', 'system'], '/api/balance/overview'),
  ...as(
    'city',
    counties.flatMap((id) => standards.map((key) => `${countyOf(id)}?standard=${key}`)),
  ),
  ...as(
    'city',
    [2023, 2024].flatMap((year) => standards.map((key) => `${countyOf(5)}?year=${year}&standard=${key}`)),
  ),
  ...as('city', [`${countyOf(3)}?run=${run('350502', 2024, 'basic-2012')}`, countyOf(2), `${countyOf(3)}?year=1999`]),
  ...each(['officer-350504', 'director-350504', 'section', 'head-2135990107'], countyOf(5)),
  ...each(['clerk-3435990100'], `${countyOf(4)}?standard=basic-2012`, countyOf(5)),
  ...each(['officer-350504'], countyOf(3)),
  ...as(
    'city',
    [1, 105, 108, 141, 159, 769, 958, 1300, 1687, 1717, 1754].map((id) => `/api/balance/schools/${id}`),
  ),
  ...as('city', [`/api/balance/schools/1?standard=basic-2012`, '/api/balance/schools/99999']),
  ...each(
    ['head-2135990107', 'officer-350504'],
    '/api/balance/schools/108?standard=basic-2012',
    '/api/balance/schools/1',
  ),
  ...as('city', [
    '/api/balance/runs',
    ...narrowed('/api/balance/runs', [
      ...['runAt', '-runAt', 'county', '-county', 'year', '-year', 'nothing'].map((sort) => `sort=${sort}&pageSize=40`),
      ...['year=2024&pageSize=5', 'standard=basic-2012&page=2&pageSize=7', 'unitId=5', 'current=true&pageSize=3'],
      ...['current=false', 'year=1999', 'pageSize=200&page=1&sort=year'],
    ]),
  ]),
  ...each(['officer-350504', 'head-2135990107'], '/api/balance/runs'),
  ...as(
    'city',
    [
      ['350502', 2024, 2025, 'quality-2017', 'quality-2017'],
      ['350504', 2023, 2025, 'basic-2012', 'basic-2012'],
      ['350505', 2025, 2025, 'basic-2012', 'quality-2017'],
    ].map(([unit, from, to, first, second]) => {
      const query = `first=${run(String(unit), Number(from), String(first))}&second=${run(String(unit), Number(to), String(second))}`;
      return `${countyOf(unit === '350502' ? 3 : unit === '350504' ? 5 : 6)}/comparison?${query}`;
    }),
  ),
  ...as('head-2135990107', [
    `${countyOf(5)}/comparison?first=${run('350504', 2023, 'basic-2012')}&second=${run('350504', 2024, 'basic-2012')}`,
  ]),
  ...each(['city', 'officer-350504', 'head-2135990107'], '/api/balance/standards'),
  ...as(
    'city',
    standards.map((key) => `/api/balance/standards/${key}`),
  ),
  ...as('officer-350504', narrowed('/api/balance/standards/quality-2017', ['revision=1', 'revision=9'])),
];

export const administrationReadings: readonly Reading[] = [
  ...as('system', [
    '/api/people',
    ...narrowed('/api/people', [
      ...['page=2', 'pageSize=200', 'sort=username&pageSize=5', 'sort=-name&pageSize=5', 'sort=-lastSeenAt&pageSize=5'],
      ...['active', 'disabled', 'locked', 'no-role', 'password-pending'].map((mark) => `mark=${mark}&pageSize=3`),
      ...['role=county-director', 'unitId=5', 'search=ls', 'search=officer-3505', 'role=nobody'],
    ]),
  ]),
  ...each(['security'], '/api/people?pageSize=5', '/api/people/{person officer-350504}', '/api/roles'),
  ...as(
    'system',
    ['city', 'head-2135990107', 'audit', 'system'].map((name) => `/api/people/{person ${name}}`),
  ),
  ...as('system', [
    '/api/roles',
    '/api/settings',
    '/api/jobs',
    '/api/people/import-template',
    '/api/people/00000000-0000-7000-8000-000000000000',
  ]),
  ...as(
    'security',
    narrowed('/api/people/places', [
      'level=city',
      'level=county',
      'level=county&search=jj',
      'level=school&search=启新',
      'level=school&search=2135990107',
      'level=school',
    ]),
  ),
  ...as('audit', ['/api/audit', '/api/audit/verification']),
  ...each(['city', 'head-2135990107'], '/api/people', '/api/settings', '/api/audit', '/api/roles'),
];
