/** The parts of a JSON schema that the page reads. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly $ref?: string;
  readonly default?: unknown;
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters: ReadonlyArray<{ name: string; in: string; required: boolean; schema: Schema }>;
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
}

/**
 * The OpenAPI document as one page to read: no script, no foreign host, printable. Shapes are written in the usual
 * notation of programmers.
 */
export function renderApiPage(document: Record<string, unknown>): string {
  const paths = document.paths as Record<string, Record<string, Operation>>;
  const version = (document.info as { version: string }).version;
  const groups = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, one] of Object.entries(methods)) {
      const tag = one.tags[0] ?? '';
      groups.set(tag, [...(groups.get(tag) ?? []), section(method.toUpperCase(), path, one)]);
    }
  }
  const names = [...groups.keys()].sort();
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>接口说明 · 督导 Dudao</title><style>${style}</style></head><body>
<header><h1>接口说明</h1><p>督导 Dudao ${escapeHtml(version)} · OpenAPI 3.1：<a href="/api/openapi.json">openapi.json</a></p>
<p>其他系统用个人访问令牌调用：<code>Authorization: Bearer 令牌</code>。令牌在“我的账户”中建立，有期限，只含所选权限。
被拒绝时返回 <code>{ code, kind, message, details?, reference }</code>，<code>message</code> 是给人看的一句话。</p>
<nav aria-label="分组">${names.map((name) => `<a href="#${escapeHtml(name)}">${escapeHtml(name)}</a>`).join(' ')}</nav></header>
<main>${names.map((name) => `<h2 id="${escapeHtml(name)}">${escapeHtml(name)}</h2>${groups.get(name)?.join('')}`).join('')}</main>
</body></html>`;
}

function section(method: string, path: string, one: Operation): string {
  const body = one.requestBody ? Object.entries(one.requestBody.content)[0] : undefined;
  const reply = Object.entries(one.responses['200']?.content ?? {})[0];
  const parameters = one.parameters.map(
    ({ name, required, schema, in: place }) =>
      `<tr><td><code>${escapeHtml(name)}${required ? '' : '?'}</code></td><td>${place === 'path' ? '路径' : '查询'}</td><td><code>${escapeHtml(notation(schema, 0))}</code></td></tr>`,
  );
  return `<details id="${escapeHtml(one.operationId)}"><summary><span class="method">${method}</span> <code>${escapeHtml(path)}</code> <span class="what">${escapeHtml(one.summary)}</span></summary>
<p>${escapeHtml(one.description)} · <code>${escapeHtml(one.operationId)}</code></p>
${parameters.length > 0 ? `<table><caption>参数</caption><thead><tr><th scope="col">名称</th><th scope="col">位置</th><th scope="col">取值</th></tr></thead><tbody>${parameters.join('')}</tbody></table>` : ''}
${body ? `<h3>请求（${escapeHtml(body[0])}）</h3><pre tabindex="0">${escapeHtml(notation(body[1].schema, 0))}</pre>` : ''}
${reply ? `<h3>答复（${escapeHtml(reply[0])}）</h3><pre tabindex="0">${escapeHtml(notation(reply[1].schema, 0))}</pre>` : ''}
</details>`;
}

function notation(schema: Schema, depth: number): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? 'object';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => notation(one, depth)))].join(' | ');
  if (schema.allOf) return schema.allOf.map((one) => notation(one, depth)).join(' & ');
  if (schema.items) return `[${notation(schema.items, depth)}]`;
  if (schema.properties) {
    const pad = '  '.repeat(depth + 1);
    const lines = Object.entries(schema.properties).map(
      ([name, one]) => `${pad}${name}${schema.required?.includes(name) ? '' : '?'}: ${notation(one, depth + 1)}`,
    );
    return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
  }
  if (typeof schema.additionalProperties === 'object')
    return `{ [key]: ${notation(schema.additionalProperties, depth)} }`;
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : ((schema.type as string | undefined) ?? 'any');
  return schema.format ? `${type} (${schema.format})` : type;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const style = `
:root{color:#1c2430;background:#fff;font:14px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
body{max-width:960px;margin:0 auto;padding:24px 16px 64px}h1{font-size:20px;margin:0}h2{font-size:16px;margin:32px 0 8px}
h3{font-size:12px;margin:12px 0 4px;color:#4a5563}a{color:#1f4e8c}nav{display:flex;flex-wrap:wrap;gap:4px 16px}
details{border-top:1px solid #dfe3e8;padding:6px 0}summary{cursor:pointer;display:flex;flex-wrap:wrap;gap:4px 12px}
summary::marker{content:""}.method{font-weight:600;min-width:56px;color:#1f4e8c}.what{color:#4a5563}
code,pre{font:13px/1.5 ui-monospace,Consolas,monospace}pre{background:#f5f6f8;padding:12px;overflow:auto;margin:0}
table{border-collapse:collapse;margin:8px 0}caption{text-align:start;font-size:12px;color:#4a5563}
th,td{text-align:start;padding:2px 16px 2px 0;vertical-align:top}code{overflow-wrap:anywhere}:focus-visible{outline:2px solid #1f4e8c;outline-offset:2px}
@media print{details{break-inside:avoid}}`;
