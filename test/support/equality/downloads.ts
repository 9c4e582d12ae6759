import type { Reading } from './readings.ts';

const as = (who: string, requests: readonly string[]): Reading[] => requests.map((request) => [who, `GET ${request}`]);
const filingOf = (code: string) => `/api/filings/{filing 2025 ${code}}`;
const formOf = (countyId: number, form: string, query = '') => `/api/balance/counties/${countyId}/${form}${query}`;
const forms = ['compliance-form', 'balance-form', 'reproduction', 'strip-data'];

/** Every file that can be saved without a write before it; marked workbooks come in the story. */
export const downloads: readonly Reading[] = [
  [null, 'GET /api/openapi.json'],
  [null, 'GET /api/docs'],
  ...as('city', [
    '/api/directory/schools/import-template',
    '/api/directory/schools/export?unitId=5',
    '/api/directory/schools/export?unitId=2&managedBy=city&sort=-name&status=all',
    '/api/directory/schools/export?format=csv',
    '/api/directory/schools/export?format=csv&status=all&ownership=private&search=外国语',
    '/api/directory/schools/export?format=pdf',
    '/api/filings/calls/export?unitId=15',
    '/api/filings/export?unitId=15&group=设备',
    '/api/filings/export?unitId=3&year=2024&format=csv',
    '/api/filings/export?format=csv&fields=图书册数,小学在校生数&mark=owed',
    '/api/filings/export?managedBy=city&fields=图书册数&sort=-filled',
    `${filingOf('3435990037')}/template`,
    `${filingOf('2135990000')}/template`,
    ...forms.flatMap((form) => [formOf(14, form), formOf(14, form, '?standard=basic-2012')]),
    ...[formOf(14, 'report', '?format=xlsx'), formOf(5, 'report', '?format=xlsx&standard=basic-2012')],
    ...['/api/balance/city-report?format=xlsx', '/api/balance/city-report?format=xlsx&year=2023'],
    ...['/api/findings/workbook', '/api/findings/workbook?open=true&search=通道', '/api/finding-imports/template'],
    ...['/api/letters/register', '/api/letters/register?state=issued', '/api/letter-receipts/register'],
    ...['/api/balance-tracks/workbook?year=2025'],
    formOf(3, 'strip-data', '?year=2023'),
    formOf(5, 'compliance-form'),
    formOf(5, 'balance-form', '?run={run 350504 2024 basic-2012}'),
    formOf(3, 'reproduction', '?year=1999'),
  ]),
  ...as('officer-350504', [
    '/api/filings/template?unitId=6',
    '/api/filings/export?format=csv&group=教师',
    '/api/directory/schools/export?format=csv',
    formOf(5, 'strip-data', '?standard=basic-2012'),
    '/api/balance/city-forms?standard=basic-2012',
  ]),
  ...as('head-2135990107', [
    `${filingOf('2135990107')}/template`,
    `${filingOf('2135990140')}/template`,
    '/api/filings/export',
    '/api/directory/schools/export?format=csv',
    formOf(5, 'compliance-form'),
    formOf(5, 'strip-data'),
  ]),
  ...as('officer-3505-a', ['/api/filings/template?unitId=14']),
  ...as('clerk-2135990140', [`${filingOf('2135990140')}/template`]),
  ...as('section', [formOf(14, 'compliance-form'), '/api/filings/export?format=csv&unitId=14']),
];
