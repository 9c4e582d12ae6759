import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { z } from 'zod';
import { route } from '#contract/route.ts';
import { Form } from '../form/Form.tsx';
import { TextField } from '../form/fields.tsx';
import { useForm } from '../form/useForm.ts';
import { toastStore } from '../kit/feedback/toast.ts';
import { queryClient, useAct } from './queries.ts';

const visit = z.object({ school: z.string() });
const plan = route({
  ...{ name: 'visits.plan', method: 'POST', path: '/api/visits', access: 'signed-in', summary: '试验' },
  body: visit,
  output: z.object({}),
});

function Stage() {
  const { act } = useAct(plan);
  return ['甲', '乙'].map((school) => (
    <button key={school} type="button" onClick={() => void act({ body: { school } })}>
      {school}
    </button>
  ));
}

afterEach(() => vi.unstubAllGlobals());

it('sends a double click once, another input beside it, and the same again once it is done', async () => {
  const sent: string[] = [];
  const answers: Array<() => void> = [];
  vi.stubGlobal('fetch', (_: unknown, init: RequestInit) => {
    sent.push(String(init.body));
    return new Promise((answer) => answers.push(() => answer(Response.json({}))));
  });
  const screen = await render(
    <QueryClientProvider client={queryClient}>
      <Stage />
    </QueryClientProvider>,
  );
  const [first, second] = ['甲', '乙'].map((name) => screen.getByRole('button', { name }).element() as HTMLElement);
  first?.click();
  first?.click();
  second?.click();
  await expect.poll(() => sent).toEqual(['{"school":"甲"}', '{"school":"乙"}']);
  for (const answer of answers) answer();
  await expect
    .poll(() => {
      first?.click();
      return sent.length;
    })
    .toBe(3);
});

function Planning() {
  const form = useForm(visit, { school: '甲' });
  const { act } = useAct(plan, { inline: 'form' });
  return (
    <Form onSubmit={form.submit((body) => act({ body }))} verb="安排" problem={form.problems['']}>
      <TextField label="学校" {...form.field('school')} />
    </Form>
  );
}

it('leaves the refusal of an act to the form that sent it: a sentence at the field, or one for the whole', async () => {
  const refusals = [
    {
      code: 'request.invalid',
      message: '有误',
      details: { issues: [{ path: 'body.school', message: '没有这所学校' }] },
    },
    { code: 'thing.changed', message: '已被他人修改' },
  ];
  vi.stubGlobal('fetch', async () => Response.json(refusals.shift(), { status: 400 }));
  const screen = await render(
    <QueryClientProvider client={queryClient}>
      <Planning />
    </QueryClientProvider>,
  );
  const verb = screen.getByRole('button', { name: '安排' });
  await verb.click();
  await expect.element(screen.getByRole('textbox', { name: '学校' })).toHaveAccessibleDescription('没有这所学校');
  await screen.getByRole('textbox', { name: '学校' }).fill('乙');
  await verb.click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent('已被他人修改');
});

function Saving() {
  const { act } = useAct(plan, { done: '已保存', inline: ({ code }) => code === 'visit.changed' });
  return (
    <button type="button" onClick={() => void act({ body: { school: '甲' } })}>
      保存
    </button>
  );
}

it('a refusal leaves the screen when the act is done after all, and never comes up where the page shows it', async () => {
  const answers = [
    Response.json({ code: 'visit.changed', message: '请刷新后再试' }, { status: 409 }),
    Response.json({ code: 'visit.late', message: '已过安排的期限' }, { status: 409 }),
    Response.json({}),
  ];
  vi.stubGlobal('fetch', async () => answers.shift());
  const screen = await render(
    <QueryClientProvider client={queryClient}>
      <Saving />
    </QueryClientProvider>,
  );
  const said = () => toastStore.read().map(({ text }) => text);
  const save = screen.getByRole('button', { name: '保存' });
  await save.click();
  await expect.poll(() => answers.length).toBe(2);
  await save.click();
  await expect.poll(said).toEqual(['已过安排的期限']);
  await save.click();
  await expect.poll(said).toEqual(['已保存']);
});
