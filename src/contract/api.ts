import { file, route } from './route.ts';

/** The description that other systems read in order to call this one. */
export const openApiDocument = route({
  name: 'api.document',
  method: 'GET',
  path: '/api/openapi.json',
  access: 'public',
  summary: '接口说明（OpenAPI 3.1）',
  output: file('application/json'),
});

/** The same for people: one page, nothing from a foreign host. */
export const apiPage = route({
  name: 'api.page',
  method: 'GET',
  path: '/api/docs',
  access: 'public',
  summary: '接口说明（网页）',
  output: file('text/html'),
});
