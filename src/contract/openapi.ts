import { z } from 'zod';
import type { AnyRoute, FileOutput, UploadBody } from './route.ts';

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of all routes for other systems, made from the same values that the server serves.
 * `accessTitle` gives the Chinese name of a route's access and reach.
 */
export function openApi(
  routes: readonly AnyRoute[],
  about: { version: string; accessTitle: (one: AnyRoute) => string },
): Json {
  const paths: Record<string, Json> = {};
  for (const one of routes) {
    const address = one.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[address] ??= {};
    paths[address][one.method.toLowerCase()] = operation(one, about.accessTitle);
  }
  return {
    openapi: '3.1.0',
    info: { title: '督导 Dudao', version: about.version, license: { name: 'MulanPSL-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'dudao.session_token', description: '登录后的会话' },
        token: { type: 'http', scheme: 'bearer', description: '个人访问令牌' },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

/** Every refusal has this shape, whatever its status. */
const problemSchema: Json = {
  type: 'object',
  required: ['code', 'kind', 'message', 'reference'],
  properties: {
    code: { type: 'string', description: '给程序看的代码，例如 filing.locked' },
    kind: { type: 'string', enum: ['input', 'state', 'access', 'conflict', 'fault'] },
    message: { type: 'string', description: '给人看的一句话' },
    details: {},
    reference: { type: 'string', description: '向管理员报告时引用的编号' },
  },
};

/** The header by which a person with several posts names one of them. */
const postParameter: Json = {
  name: 'x-dudao-post',
  in: 'header',
  required: false,
  description: '岗位（session.read 的 grantId；代办为 grantId.standInId）；不写时用唯一的岗位或登录后选择的岗位',
  schema: { type: 'string' },
};

function operation(one: AnyRoute, accessTitle: (one: AnyRoute) => string): Json {
  return {
    operationId: one.name,
    tags: [one.name.split('.')[0]],
    summary: one.summary,
    description: `权限：${accessTitle(one)}`,
    'x-access': one.access,
    ...(one.reach === undefined ? {} : { 'x-reach': one.reach }),
    security: one.access === 'public' ? [] : [{ session: [] }, ...(one.ownSession ? [] : [{ token: [] }])],
    parameters: [
      ...parameters(one.params, 'path'),
      ...parameters(one.query, 'query'),
      ...(one.access === 'public' ? [] : [postParameter]),
    ],
    ...(one.body === undefined ? {} : { requestBody: { required: true, content: bodyContent(one.body) } }),
    responses: {
      200: { description: '成功', content: outputContent(one.output) },
      default: {
        description: '被拒绝，附一句说明',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parameters(shape: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (shape === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }));
}

function bodyContent(body: z.ZodType | UploadBody): Json {
  if ('kind' in body && body.kind === 'upload') {
    const { properties = {}, required = [] } = schemaOf(body.fields, 'input') as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return {
      'multipart/form-data': {
        schema: {
          type: 'object',
          required: ['file', ...required],
          properties: { file: { type: 'string', format: 'binary' }, ...properties },
        },
      },
    };
  }
  return { 'application/json': { schema: schemaOf(body as z.ZodType, 'input') } };
}

function outputContent(output: z.ZodType | FileOutput): Json {
  if ('kind' in output && output.kind === 'file') {
    return Object.fromEntries(
      output.contentTypes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
    );
  }
  return { 'application/json': { schema: schemaOf(output as z.ZodType, 'output') } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}
