import { apiPage, openApiDocument } from '#contract/api.ts';
import { routes } from '#contract/index.ts';
import { openApi } from '#contract/openapi.ts';
import type { AnyRoute } from '#contract/route.ts';
import { serveRaw } from '#core/access/serve.ts';
import { requiredReachTitles } from '#domain/access/actor.ts';
import { permissionTitles } from '#domain/access/permission-titles.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { renderApiPage } from './api-page.ts';
import { productVersion } from './root.ts';

/** The description of the API, generated from the served routes at the first request and then kept. */
let made: { document: Uint8Array; page: Uint8Array } | undefined;

function describe(): { document: Uint8Array; page: Uint8Array } {
  if (made) return made;
  const document = openApi(routes, { version: productVersion(), accessTitle });
  const encoder = new TextEncoder();
  made = { document: encoder.encode(JSON.stringify(document)), page: encoder.encode(renderApiPage(document)) };
  return made;
}

function accessTitle({ access, reach }: AnyRoute): string {
  if (access === 'public') return '无须登录';
  if (access === 'signed-in') return '登录即可';
  const wanted = (typeof access === 'string' ? [access] : access) as readonly Permission[];
  const held = wanted.map((one) => `${permissionTitles[one]}（${one}）`).join(' 或 ');
  return reach === undefined ? held : `${held}，限${requiredReachTitles[reach]}`;
}

export const apiRoutes = [
  serveRaw(openApiDocument, async () => ({
    fileName: 'openapi.json',
    contentType: 'application/json; charset=utf-8',
    body: describe().document,
    inline: true,
  })),
  serveRaw(apiPage, async () => ({
    fileName: 'api.html',
    contentType: 'text/html; charset=utf-8',
    body: describe().page,
    inline: true,
  })),
];
