import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { route } from '#contract/route.ts';
import { addressOf, call, whenPostChanged, whenSignedOut } from './call.ts';
import { ProblemError } from './problem.ts';

const approve = route({
  name: 'filings.approve',
  method: 'POST',
  path: '/api/filings/:filingId/approval',
  access: 'filing.approve',
  summary: '批准',
  params: z.object({ filingId: z.string() }),
  query: z.object({ state: z.array(z.string()).optional(), search: z.string().optional() }),
  body: z.object({ revision: z.number() }),
  output: z.object({ done: z.boolean() }),
});
const input = { params: { filingId: 'a/b' }, body: { revision: 3 } };

function answers(status: number, body: unknown, headers: Record<string, string> = {}) {
  const fetched = vi.fn<typeof fetch>(async () => new Response(JSON.stringify(body), { status, headers }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

async function refusal(): Promise<ProblemError> {
  const error = await call(approve, input).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ProblemError);
  return error as ProblemError;
}

afterEach(() => {
  vi.unstubAllGlobals();
  whenSignedOut(() => {});
  whenPostChanged(() => {});
});

describe('the address of a route', () => {
  it('escapes parameters, repeats lists and leaves out what is empty', () => {
    const address = addressOf(approve, { ...input, query: { state: ['draft', 'submitted'], search: '' } });
    expect(address).toBe('/api/filings/a%2Fb/approval?state=draft&state=submitted');
  });
});

describe('calling a route', () => {
  it('sends the body as JSON and gives back the output', async () => {
    const fetched = answers(200, { done: true });
    await expect(call(approve, input)).resolves.toEqual({ done: true });
    const [, init] = fetched.mock.calls[0] ?? [];
    expect(init?.method).toBe('POST');
    expect(init?.body).toBe('{"revision":3}');
  });

  it('turns a refusal into its problem, with the sentence and the reference', async () => {
    answers(409, { code: 'filing.changed', kind: 'conflict', message: '已被他人修改。', reference: 'r-7' });
    const problem = await refusal();
    expect(problem).toMatchObject({ code: 'filing.changed', message: '已被他人修改。', reference: 'r-7', status: 409 });
    expect(problem.temporary).toBe(false);
  });

  it('calls a server that is coming back, and a network that is gone, temporary', async () => {
    answers(503, { code: 'database.unavailable', kind: 'fault', message: '稍后再试。' });
    expect((await refusal()).temporary).toBe(true);
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('failed');
    });
    const gone = await refusal();
    expect(gone.code).toBe('network.unreachable');
    expect(gone.temporary).toBe(true);
  });

  it.each([
    [429, 'request.tooManyOwn'],
    [503, 'request.busy'],
    [408, 'request.tooSlow'],
  ])('calls a %i temporary, and knows for how long the server asks to wait', async (status, code) => {
    answers(status, { code, kind: 'state', message: '请稍候几秒再试。' }, { 'retry-after': '2' });
    expect(await refusal()).toMatchObject({ temporary: true, retryAfter: 2000 });
    answers(
      status,
      { code, kind: 'state', message: '请稍候几秒再试。' },
      { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' },
    );
    expect(await refusal()).toMatchObject({ temporary: true, retryAfter: null });
  });

  it('has a sentence even where the answer is not JSON', async () => {
    vi.stubGlobal('fetch', async () => new Response('<html>bad gateway</html>', { status: 502 }));
    expect((await refusal()).message).toMatch(/稍后再试/);
  });

  it('names the post of its tab, and says when that is no longer the person’s', async () => {
    const lost = vi.fn();
    whenPostChanged(lost);
    const kept = new Map([['dudao.post', 'the-grant']]);
    vi.stubGlobal('sessionStorage', { getItem: (key: string) => kept.get(key) ?? null });
    const fetched = answers(409, { code: 'access.postChanged', kind: 'state', message: '您已切换岗位。' });
    const problem = await refusal();
    expect(new Headers(fetched.mock.calls[0]?.[1]?.headers).get('x-dudao-post')).toBe('the-grant');
    // The request is not retried by itself, but the typed text waits until the tab is back in its post.
    expect([problem.temporary, problem.ofPost]).toEqual([false, true]);
    expect(lost).toHaveBeenCalledOnce();
  });

  it('is made in the post that the caller names, whatever the tab has chosen meanwhile', async () => {
    vi.stubGlobal('sessionStorage', { getItem: () => 'as-director' });
    const fetched = answers(200, { done: true });
    await call(approve, input, { post: 'as-clerk' });
    expect(new Headers(fetched.mock.calls[0]?.[1]?.headers).get('x-dudao-post')).toBe('as-clerk');
  });

  it('says when a session has ended, but not while it only asks whether there is one', async () => {
    const ended = vi.fn();
    whenSignedOut(ended);
    answers(401, { code: 'session.missing', kind: 'access', message: '请重新登录。' });
    await call(approve, input, { asking: true }).catch(() => {});
    expect(ended).not.toHaveBeenCalled();
    await refusal();
    expect(ended).toHaveBeenCalledOnce();
  });
});
