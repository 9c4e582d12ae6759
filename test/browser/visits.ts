import { returnedSchool, untouchedSchool } from '../support/product/sample-schools.ts';

/** Finds what an address needs: the first row of a list, read through the API as the person who visits. */
export type FirstRow = (
  as: string,
  list: string,
  index?: number,
) => Promise<{ id: string | number; track?: { id: string } }>;

/** A page as one person opens it. */
export interface Visit {
  /** The name of its pictures. */
  readonly name: string;
  /** Username of a printed account; null: nobody is signed in. */
  readonly as: string | null;
  readonly address: string | ((first: FirstRow) => Promise<string>);
  /**
   * The page is about something that it cannot find or show, so the browser's own note of the answer is not a
   * complaint.
   */
  readonly refused?: true;
  /** Another state of a page that is visited anyway: checked when pictures are taken, not in every run of the suite. */
  readonly also?: true;
  /** Its office screen is a picture of the README: `docs/pictures/<name>.png`. */
  readonly shown?: string;
}

const { clerk } = returnedSchool;
const officer = 'officer-350504';
/** In the sample 鲤城区 (3) holds, 丰泽区 (4) fails by one indicator, 洛江区 (5) is in the middle of its year. */
const [licheng, fengze] = [3, 4];

const filingOf =
  (as: string, query: string, rest = '') =>
  async (first: FirstRow) =>
    `/filings/${(await first(as, `/api/filings?${query}`)).id}${rest}`;
const schoolOf = (as: string, query: string, rest: string) => async (first: FirstRow) =>
  `/directory/schools/${(await first(as, `/api/directory/schools?${query}`)).id}${rest}`;
const planOf =
  (as: string, rest = '') =>
  async (first: FirstRow) =>
    `/work-plans/${(await first(as, '/api/work-plans')).id}${rest}`;
const draftOf = (rest: string) => async (first: FirstRow) =>
  `/frameworks/drafts/${(await first('city', '/api/framework-drafts')).id}${rest}`;
const trackOf = (as: string) => async (first: FirstRow) =>
  `/tracking/${(await first(as, '/api/balance-tracks')).track?.id}`;
const campaignOf =
  (state: 'open' | 'closed', rest = '') =>
  async (first: FirstRow) =>
    `/campaigns/${(await first('city', `/api/campaigns?state=${state}`)).id}${rest}`;
/** The round in which two counties stand equal at the line of a quota. */
const tiedRound = async (first: FirstRow) =>
  `/campaigns/${(await first('city', '/api/campaigns?state=open&search=重点工作')).id}?part=results`;
const evaluationOf =
  (as: string, rest = '') =>
  async (first: FirstRow) =>
    `/evaluations/${(await first(as, '/api/evaluations')).id}${rest}`;
/** 鲤城区 fills its self-evaluation. */
const answering = 'officer-350502';
const answeredBy = (rest: string) => async (first: FirstRow) =>
  `/evaluations/${(await first(answering, '/api/evaluations?kind=county-inspection&state=selfEvaluation')).id}${rest}`;
const inspectorOf =
  (as: string, query: string, rest = '') =>
  async (first: FirstRow) =>
    `/inspectors/${(await first(as, `/api/inspectors?${query}`)).id}${rest}`;
const personOf = (as: string, search: string) => async (first: FirstRow) =>
  `/people/${(await first(as, `/api/people?search=${search}`)).id}`;

/** Every page of the desk by its path in the registry: who visits it, and at which address. */
export const visits: Readonly<Record<string, readonly Visit[]>> = {
  '/': [
    { name: 'home-city', also: true, as: 'city', address: '/' },
    { name: 'home-county', as: officer, address: '/' },
    { name: 'home-school', as: clerk, address: '/' },
    { name: 'home-inspector', also: true, as: 'inspector-350504', address: '/' },
    { name: 'home-administrator', also: true, as: 'system', address: '/' },
  ],
  '/findings': [
    { name: 'finding-list-city', as: 'city', address: '/findings' },
    { name: 'finding-list-county', as: 'director-350504', address: '/findings?open=true' },
    { name: 'finding-list-unsent', also: true, as: 'city', address: '/findings?state=found' },
    { name: 'finding-entry', also: true, as: 'city', address: '/findings?entering=true' },
  ],
  '/findings/board': [
    { name: 'finding-board-city', as: 'city', address: '/findings/board' },
    { name: 'finding-board-county', also: true, as: 'director-350504', address: '/findings/board' },
  ],
  '/findings/reproofs': [
    {
      name: 'finding-reproofs',
      as: 'city',
      address: async (first) => `/findings/reproofs?draw=${(await first('city', '/api/finding-reproofs')).id}`,
    },
  ],
  '/findings/kinds': [{ name: 'finding-kinds', as: 'city', address: '/findings/kinds' }],
  '/findings/import': [{ name: 'finding-import', as: 'city', address: '/findings/import' }],
  '/findings/$findingId': [
    {
      name: 'finding-page',
      as: 'city',
      address: async (first) => `/findings/${(await first('city', '/api/findings?state=planned')).id}`,
    },
    {
      name: 'finding-page-closed',
      also: true,
      as: 'director-350504',
      address: async (first) => `/findings/${(await first('director-350504', '/api/findings?state=closed')).id}`,
    },
  ],
  '/frameworks': [
    { name: 'framework-list-city', as: 'city', address: '/frameworks' },
    { name: 'framework-list-county', also: true, as: officer, address: '/frameworks?state=incomplete' },
  ],
  '/frameworks/comparison': [
    {
      name: 'framework-comparison',
      as: 'city',
      address: '/frameworks/comparison?first=inspector-appraisal-sample&second=city-school-inspector-appraisal-sample',
    },
  ],
  '/frameworks/import': [{ name: 'framework-import', as: 'city', address: '/frameworks/import' }],
  '/frameworks/mapping': [
    {
      name: 'framework-mapping',
      as: 'city',
      address: '/frameworks/mapping?from=inspector-appraisal-sample&to=city-school-inspector-appraisal-sample',
    },
  ],
  '/frameworks/questions': [
    { name: 'framework-questions', as: 'city', address: '/frameworks/questions?type=unit&of=3&assessed=2024' },
    { name: 'framework-questions-school', also: true, as: clerk, address: '/frameworks/questions' },
  ],
  '/frameworks/$key': [
    { name: 'framework-page', as: 'city', address: '/frameworks/county-inspection-sample?node=C16' },
    { name: 'framework-rules', also: true, as: officer, address: '/frameworks/county-inspection-sample?part=rules' },
    { name: 'framework-partial', also: true, as: 'city', address: '/frameworks/sports-work-school-2014' },
    { name: 'framework-facts', also: true, as: 'city', address: '/frameworks/county-inspection-sample?part=facts' },
    {
      name: 'framework-versions',
      also: true,
      as: 'city',
      address: '/frameworks/county-inspection-sample?part=versions',
    },
  ],
  '/frameworks/$key/trial': [
    { name: 'framework-trial', as: 'city', address: '/frameworks/county-inspection-sample/trial?node=C16' },
    { name: 'framework-trial-school', also: true, as: officer, address: '/frameworks/quality-school-sample/trial' },
  ],
  '/frameworks/drafts/$draftId': [
    { name: 'framework-draft', as: 'city', address: draftOf('') },
    { name: 'framework-draft-open', also: true, as: 'city', address: draftOf('?part=open') },
  ],
  '/frameworks/drafts/$draftId/trial': [{ name: 'framework-draft-trial', as: 'city', address: draftOf('/trial') }],
  '/campaigns': [{ name: 'campaign-list', as: 'city', address: '/campaigns' }],
  '/campaigns/new': [
    { name: 'campaign-new', as: 'city', address: '/campaigns/new' },
    { name: 'campaign-new-schools', also: true, as: 'city', address: '/campaigns/new?kind=school-evaluation' },
  ],
  '/campaigns/$campaignId': [
    { name: 'campaign-matrix', as: 'city', address: campaignOf('open') },
    { name: 'campaign-timetable', as: 'city', address: campaignOf('open', '?part=timetable') },
    { name: 'campaign-panel', also: true, as: 'city', address: campaignOf('open', '?part=panel') },
    { name: 'campaign-heat', as: 'city', address: campaignOf('closed', '?part=heat') },
    { name: 'campaign-results', as: 'city', address: campaignOf('closed', '?part=results') },
    { name: 'campaign-results-open', as: 'city', address: tiedRound },
    { name: 'campaign-rules', as: 'city', address: campaignOf('open', '?part=rules') },
  ],
  '/evaluations': [
    { name: 'evaluation-list-city', as: 'city', address: '/evaluations' },
    { name: 'evaluation-list-expert', as: 'expert-1', address: '/evaluations' },
    { name: 'evaluation-list-county', also: true, as: officer, address: '/evaluations' },
  ],
  '/evaluations/$evaluationId': [
    { name: 'evaluation-county', as: officer, address: evaluationOf(officer) },
    { name: 'evaluation-city', also: true, as: 'city', address: evaluationOf('city') },
    { name: 'evaluation-questions', as: answering, address: answeredBy('?part=questions') },
    { name: 'evaluation-people', as: answering, address: answeredBy('?part=people') },
    { name: 'evaluation-leaf', as: answering, address: answeredBy('?node=C4') },
    { name: 'evaluation-missing', as: officer, address: evaluationOf(officer, '?part=missing') },
    { name: 'evaluation-course', as: 'city', address: evaluationOf('city', '?part=course') },
    { name: 'evaluation-expert', as: 'expert-1', address: evaluationOf('expert-1') },
  ],
  '/evidence': [
    { name: 'evidence-county', as: officer, address: '/evidence' },
    {
      name: 'evidence-piece',
      as: officer,
      address: async (first) => `/evidence?piece=${(await first(officer, '/api/evidence')).id}`,
    },
    { name: 'evidence-city', also: true, as: 'city', address: '/evidence?unlinked=true' },
  ],
  '/inspectors': [
    { name: 'inspector-list-city', as: 'city', address: '/inspectors' },
    { name: 'inspector-list-county', also: true, as: 'director-350504', address: '/inspectors?kind=responsible' },
  ],
  '/inspectors/import': [{ name: 'inspector-import', as: 'city', address: '/inspectors/import' }],
  '/inspectors/new': [{ name: 'inspector-new', as: 'director-350504', address: '/inspectors/new' }],
  '/inspectors/$inspectorId': [
    { name: 'inspector-page', as: 'city', address: inspectorOf('city', 'state=serving') },
    { name: 'inspector-page-confirm', also: true, as: 'city', address: inspectorOf('city', 'waiting=confirm') },
  ],
  '/inspectors/$inspectorId/edit': [
    {
      name: 'inspector-edit',
      as: 'director-350504',
      address: inspectorOf('director-350504', 'state=serving', '/edit'),
    },
  ],
  '/own-inspectors': [{ name: 'inspector-own-list', as: 'inspector-350504', address: '/own-inspectors' }],
  '/own-inspector/$inspectorId': [
    {
      name: 'inspector-own',
      as: 'inspector-350504',
      address: async (first) => `/own-inspector/${(await first('inspector-350504', '/api/own-inspectors')).id}`,
    },
  ],
  '/letters': [
    { name: 'letter-list-city', as: 'city', address: '/letters' },
    { name: 'letter-drafting', also: true, as: 'city', address: '/letters?drafting=true' },
  ],
  '/letters/received': [{ name: 'receipt-list', as: officer, address: '/letters/received' }],
  '/letters/series': [{ name: 'letter-series', as: 'city', address: '/letters/series' }],
  '/letters/received/$receiptId': [
    {
      name: 'receipt-page',
      as: officer,
      address: async (first) => `/letters/received/${(await first(officer, '/api/letter-receipts')).id}`,
    },
  ],
  '/letters/$letterId': [
    {
      name: 'letter-page',
      as: 'city',
      address: async (first) => `/letters/${(await first('city', '/api/letters?state=issued')).id}`,
    },
    {
      name: 'letter-page-sign',
      also: true,
      as: 'city',
      address: async (first) => `/letters/${(await first('city', '/api/letters?waiting=sign')).id}`,
    },
  ],
  '/letters/$letterId/edit': [
    {
      name: 'letter-editor',
      as: 'city',
      address: async (first) => `/letters/${(await first('city', '/api/letters?state=draft')).id}/edit`,
    },
  ],
  '/filings': [
    { name: 'filing-list-city', as: 'city', address: '/filings' },
    { name: 'filing-list-county', as: officer, address: '/filings' },
  ],
  '/filings/grid': [
    { name: 'filing-grid', also: true, as: officer, address: '/filings/grid?group=教师' },
    { name: 'filing-grid-check', as: officer, address: '/filings/grid?panel=check', shown: 'filing-grid' },
  ],
  '/filings/review': [
    { name: 'filing-review-county', as: 'director-350505', address: '/filings/review' },
    { name: 'filing-review-city', as: 'city', address: '/filings/review?queue=approved' },
  ],
  '/filings/calls': [{ name: 'calls', as: 'city', address: '/filings/calls' }],
  '/filings/import': [
    { name: 'filing-import-school', as: clerk, address: '/filings/import' },
    { name: 'filing-import-county', also: true, as: officer, address: '/filings/import' },
  ],
  '/filings/periods': [{ name: 'filing-periods', as: 'city', address: '/filings/periods' }],
  '/filings/$filingId': [
    { name: 'filing-form-returned', as: clerk, address: filingOf(clerk, '') },
    { name: 'filing-form-untouched', as: untouchedSchool.clerk, address: filingOf(untouchedSchool.clerk, '') },
    {
      name: 'filing-form-approved',
      also: true,
      as: 'city',
      address: filingOf('city', `unitId=${fengze}&state=approved`),
    },
  ],
  '/filings/$filingId/history': [
    { name: 'filing-history', as: clerk, address: filingOf(clerk, '', '/history?field=图书册数') },
  ],
  '/filings/$filingId/print': [
    { name: 'filing-print', as: 'city', address: filingOf('city', `unitId=${fengze}&state=approved`, '/print') },
  ],
  '/balance': [
    { name: 'balance-overview', as: 'city', address: '/balance', shown: 'balance-overview' },
    { name: 'balance-overview-basic', also: true, as: 'city', address: '/balance?standard=basic-2012' },
  ],
  '/balance/county': [
    {
      name: 'balance-county-fails',
      as: 'city',
      address: `/balance/county?unit=${fengze}&level=junior`,
      shown: 'balance-county',
    },
    { name: 'balance-county-holds', also: true, as: 'city', address: `/balance/county?unit=${licheng}` },
    { name: 'balance-county-basic', as: 'city', address: `/balance/county?unit=${fengze}&standard=basic-2012` },
    { name: 'balance-county-provisional', as: officer, address: '/balance/county' },
    { name: 'balance-county-school', as: clerk, address: '/balance/county' },
  ],
  '/balance/runs': [{ name: 'balance-runs', as: 'city', address: `/balance/runs?unit=${fengze}` }],
  '/balance/comparison': [
    {
      name: 'balance-comparison',
      as: 'city',
      address: async (first) => {
        const runs = `/api/balance/runs?unitId=${fengze}&standard=quality-2017`;
        const [newer, older] = [await first('city', runs), await first('city', runs, 1)];
        return `/balance/comparison?unit=${fengze}&first=${older.id}&second=${newer.id}`;
      },
    },
  ],
  '/balance/standards': [{ name: 'standards', as: 'city', address: '/balance/standards' }],
  '/balance/standards/$key': [
    { name: 'standard-quality', also: true, as: 'city', address: '/balance/standards/quality-2017' },
    { name: 'standard-edit', as: 'city', address: '/balance/standards/quality-2017?edit=true' },
    { name: 'standard-basic', also: true, as: 'section', address: '/balance/standards/basic-2012' },
  ],
  '/tracking': [
    { name: 'tracking-city', as: 'city', address: '/tracking' },
    { name: 'tracking-county', also: true, as: 'director-350504', address: '/tracking' },
  ],
  '/tracking/figures': [
    { name: 'province-figures', as: 'city', address: '/tracking/figures' },
    { name: 'province-figures-entry', also: true, as: 'city', address: `/tracking/figures?county=${licheng}` },
  ],
  '/tracking/figures/import': [{ name: 'province-figures-import', as: 'city', address: '/tracking/figures/import' }],
  '/tracking/$trackId': [
    { name: 'track-city', as: 'city', address: trackOf('city') },
    { name: 'track-county', as: 'director-350504', address: trackOf('director-350504') },
  ],
  '/work-plans': [
    { name: 'work-plans-city', as: 'city', address: '/work-plans' },
    { name: 'work-plans-county', as: 'director-350504', address: '/work-plans' },
    { name: 'work-plans-drafting', also: true, as: 'city', address: '/work-plans?drafting=true' },
  ],
  '/work-plans/$planId': [
    { name: 'work-plan', as: 'city', address: planOf('city') },
    { name: 'work-plan-draft', as: 'director-350503', address: planOf('director-350503', '?draft=true') },
    { name: 'work-plan-section', also: true, as: 'section', address: planOf('section') },
  ],
  '/meetings': [
    { name: 'meetings', as: 'city', address: '/meetings' },
    {
      name: 'meeting',
      as: 'city',
      address: async (first) => `/meetings?meeting=${(await first('city', '/api/meetings')).id}`,
    },
  ],
  '/directory': [
    { name: 'directory-city', as: 'city', address: '/directory' },
    { name: 'directory-county', also: true, as: officer, address: '/directory' },
    { name: 'directory-kindergartens', as: 'city', address: `/directory?unit=${fengze}&kind=kindergarten` },
    { name: 'directory-opening', as: 'city', address: `/directory?unit=${fengze}&opening=true` },
  ],
  '/directory/units': [
    { name: 'units', as: 'city', address: '/directory/units' },
    { name: 'units-arranging', as: 'city', address: '/directory/units?arranging=true' },
  ],
  '/directory/lower-units': [
    { name: 'lower-units', as: 'city', address: '/directory/lower-units' },
    { name: 'lower-units-opening', as: 'city', address: '/directory/lower-units?opening=true' },
    {
      // 基教科, in which an officer of the sample works.
      ...{ name: 'lower-units-closing', also: true, as: 'city' },
      address: async (first) =>
        `/directory/lower-units?closing=${(await first('city', '/api/directory/units/2/lower-units', 1)).id}`,
    },
    {
      ...{ name: 'lower-units-county', also: true, as: officer },
      address: async (first) =>
        `/directory/lower-units?history=${(await first(officer, '/api/directory/units/5/lower-units')).id}`,
    },
  ],
  '/directory/city': [{ name: 'choose-city', as: 'system', address: '/directory/city' }],
  '/directory/import': [{ name: 'directory-import', as: 'city', address: '/directory/import' }],
  '/directory/schools/$schoolId': [
    { name: 'school', as: 'city', address: schoolOf('city', `unitId=${fengze}&schoolType=312`, '') },
    { name: 'school-years', as: 'city', address: schoolOf('city', `unitId=${fengze}&schoolType=312`, '?part=years') },
    {
      name: 'school-history',
      also: true,
      as: 'city',
      address: schoolOf('city', `unitId=${fengze}&schoolType=312`, '?part=history'),
    },
    { name: 'school-own', also: true, as: clerk, address: schoolOf(clerk, '', '') },
  ],
  '/account': [{ name: 'account', as: officer, address: '/account' }],
  '/account/tokens': [{ name: 'tokens', as: 'city', address: '/account/tokens' }],
  '/notices': [{ name: 'notices', as: clerk, address: '/notices' }],
  '/attachments/ending': [{ name: 'ending-files', as: 'director-350504', address: '/attachments/ending' }],
  '/notices/mail': [{ name: 'mail', as: clerk, address: '/notices/mail' }],
  '/deliveries': [{ name: 'deliveries', as: 'system', address: '/deliveries' }],
  '/people': [
    { name: 'people-system', as: 'system', address: '/people' },
    { name: 'people-security', also: true, as: 'security', address: '/people' },
  ],
  '/people/requests': [{ name: 'account-requests', as: 'system', address: '/people/requests' }],
  '/people/sets': [{ name: 'post-sets', as: 'system', address: '/people/sets' }],
  '/people/sets/$setId': [
    {
      name: 'post-set-not-found',
      as: 'system',
      address: '/people/sets/00000000-0000-7000-8000-000000000000',
      refused: true,
    },
  ],
  '/people/roles': [{ name: 'roles', as: 'security', address: '/people/roles' }],
  '/people/import': [{ name: 'people-import', as: 'system', address: '/people/import' }],
  '/people/$personId': [
    { name: 'person-system', as: 'system', address: personOf('system', 'clerk') },
    { name: 'person-inspector', as: 'security', address: personOf('security', 'inspector-350504') },
    { name: 'person-security', also: true, as: 'security', address: personOf('security', 'officer-350504') },
  ],
  '/audit': [{ name: 'audit', as: 'audit', address: '/audit' }],
  '/jobs': [
    { name: 'jobs', as: 'system', address: '/jobs' },
    { name: 'jobs-failed', also: true, as: 'system', address: '/jobs?state=failed' },
  ],
  '/settings': [{ name: 'settings', as: 'system', address: '/settings' }],
  '/settings/retention': [
    { name: 'retention', as: 'system', address: '/settings/retention' },
    { name: 'retention-kind', also: true, as: 'system', address: '/settings/retention?kind=notices' },
  ],
};

/** Pages before the sign-in, by their path. */
export const entranceVisits: Readonly<Record<string, readonly Visit[]>> = {
  '/sign-in': [
    { name: 'sign-in', as: null, address: '/sign-in' },
    { name: 'sign-in-ended', also: true, as: null, address: '/sign-in?because=idle' },
  ],
  '/set-up': [{ name: 'set-up-invalid', as: null, address: '/set-up#never-given-out', refused: true }],
  // Somebody who has nothing to do first is led to the home page; somebody who is not signed in, to the sign-in.
  '/first-steps': [{ name: 'first-steps-stranger', as: null, address: '/first-steps', refused: true }],
  '/post': [{ name: 'choose-post', as: 'three-posts', address: '/post' }],
};

/** Pages that are in no registry. */
export const otherVisits: readonly Visit[] = [
  { name: 'no-right', as: clerk, address: '/audit' },
  { name: 'not-found', as: clerk, address: '/no/such/page' },
  {
    name: 'filing-not-found',
    as: clerk,
    address: '/filings/00000000-0000-7000-8000-000000000000',
    refused: true,
  },
  { name: 'api', as: null, address: '/api/docs' },
];
