import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { z } from 'zod';
import { ProblemError } from '../call/problem.ts';
import { DateField } from './DateField.tsx';
import { Form } from './Form.tsx';
import { SelectField, TextField } from './fields.tsx';
import { NumberField } from './NumberField.tsx';
import { useForm } from './useForm.ts';

const schema = z.object({
  reason: z.string().trim().min(2),
  note: z.string().max(300).optional(),
  parts: z
    .array(z.object({ name: z.string().min(1), pupils: z.number().int().min(1) }))
    .min(1)
    .max(3),
});
type Act = (body: z.output<typeof schema>) => Promise<unknown>;

const standIn = z.object({ personId: z.uuid(), until: z.iso.date() });

function Choosing() {
  const form = useForm(standIn, { personId: '', until: '' });
  return (
    <Form verb="交同事代办" busy={form.busy} onSubmit={form.submit(async () => {})}>
      <SelectField label="同事" options={[{ value: 'x', label: '甲' }]} {...form.field('personId')} />
      <DateField label="截止日期（含当日）" {...form.field('until')} />
    </Form>
  );
}

const emptyPart = { name: '', pupils: undefined };

function Stage({ act }: { act: Act }) {
  const form = useForm(schema, { reason: '', note: '', parts: [emptyPart, emptyPart] });
  return (
    <Form verb="分设" busy={form.busy} problem={form.problems['']} onSubmit={form.submit(act)}>
      <TextField label="原因" {...form.field('reason')} />
      <TextField label="说明" {...form.field('note')} />
      {form.values.parts.map((_, at) => {
        const { name, pupils } = form.fieldsIn(`parts.${at}`, ['name', 'pupils']);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of this form keep their places
          <fieldset key={at} aria-label={`第 ${at + 1} 所`}>
            <TextField label="校名" {...name} />
            <NumberField label="学生" {...pupils} />
          </fieldset>
        );
      })}
      {form.problems.parts && <p>{form.problems.parts}</p>}
      <button type="button" onClick={() => form.set({ parts: form.values.parts.slice(1) })}>
        去掉一所
      </button>
    </Form>
  );
}

async function stage(act: Act = async () => {}) {
  const screen = await render(<Stage act={act} />);
  const part = (at: number) => screen.getByRole('group', { name: `第 ${at} 所` });
  return { screen, part, go: screen.getByRole('button', { name: '分设' }), reason: screen.getByLabelText('原因') };
}

describe('a form from a schema', () => {
  it('says what is wrong at each field, also in the parts of a list, and brings the keyboard to the first', async () => {
    const act = vi.fn<Act>(async () => {});
    const { screen, part, go, reason } = await stage(act);
    expect(screen.getByText(/^请填写/).elements()).toEqual([]);
    await go.click();
    await expect.element(reason).toHaveAccessibleDescription('请填写原因。');
    await expect.element(part(1).getByLabelText('校名')).toHaveAccessibleDescription('请填写校名。');
    await expect.element(part(2).getByLabelText('学生')).toHaveAccessibleDescription('请填写学生。');
    await expect.poll(() => document.activeElement).toBe(reason.element());
    expect(act).not.toHaveBeenCalled();
  });

  it('says what to choose and what to fill in, where nothing was', async () => {
    const screen = await render(<Choosing />);
    await screen.getByRole('button', { name: '交同事代办' }).click();
    await expect.element(screen.getByLabelText('同事')).toHaveAccessibleDescription('请选择同事。');
    await expect.element(screen.getByLabelText(/^截止日期/)).toHaveAccessibleDescription('请填写截止日期。');
  });

  it('removes the sentence of a changed field, and keeps the others', async () => {
    const { part, go } = await stage();
    await go.click();
    const [first, second] = [part(1).getByLabelText('校名'), part(2).getByLabelText('校名')];
    await expect.element(first).toHaveAttribute('aria-invalid', 'true');
    await first.fill('甲校');
    await expect.element(first).not.toHaveAttribute('aria-invalid');
    await expect.element(second).toHaveAttribute('aria-invalid', 'true');
  });

  it('submits the values that the schema returns, once, and not again while it is busy', async () => {
    let finish = () => {};
    const act = vi.fn<Act>(() => new Promise((done) => (finish = () => done(undefined))));
    const { screen, part, go, reason } = await stage(act);
    await reason.fill('  办学调整 ');
    for (const at of [1, 2]) {
      await part(at).getByLabelText('校名').fill(`第${at}小学`);
      await part(at).getByLabelText('学生').fill('１，２０４');
    }
    await go.click();
    await expect.element(go).toBeDisabled();
    finish();
    await expect.element(go).toBeEnabled();
    expect(act).toHaveBeenCalledExactlyOnceWith({
      reason: '办学调整',
      note: '',
      parts: [
        { name: '第1小学', pupils: 1204 },
        { name: '第2小学', pupils: 1204 },
      ],
    });
    await screen.getByRole('button', { name: '去掉一所' }).click();
    await expect.element(part(1).getByLabelText('校名')).toHaveValue('第2小学');
  });

  it('shows the problem of a list that is too short', async () => {
    const { screen, go, reason } = await stage();
    await reason.fill('办学调整');
    await screen.getByRole('button', { name: '去掉一所' }).click();
    await screen.getByRole('button', { name: '去掉一所' }).click();
    await go.click();
    await expect.element(screen.getByText('至少选择 1 项。')).toBeVisible();
  });

  it('shows what the server refuses at its field, or for the whole form where it names none', async () => {
    const issues = [{ path: 'body.parts.1.name', message: '与现有学校重名。' }];
    const byField = { code: 'request.invalid', kind: 'input', message: '有误。', details: { issues } } as const;
    const act = vi.fn<Act>(async () => {
      throw new ProblemError(byField, 422);
    });
    const { screen, part, go, reason } = await stage(act);
    await reason.fill('办学调整');
    for (const at of [1, 2]) {
      await part(at).getByLabelText('校名').fill('某校');
      await part(at).getByLabelText('学生').fill('9');
    }
    await go.click();
    await expect.element(part(2).getByLabelText('校名')).toHaveAccessibleDescription('与现有学校重名。');
    await expect.element(part(1).getByLabelText('校名')).not.toHaveAttribute('aria-invalid');

    act.mockRejectedValueOnce(new ProblemError({ code: 'changed', kind: 'conflict', message: '已被他人修改。' }, 409));
    await go.click();
    await expect.element(screen.getByRole('alert')).toHaveTextContent('已被他人修改。');
    await reason.fill('另一个原因');
    await expect.poll(() => screen.getByRole('alert').elements().length).toBe(0);
  });

  it('requires only the fields that the schema requires', async () => {
    const { screen } = await stage();
    // The mark of a field that may stay empty stands in its label.
    await expect.element(screen.getByText('选填')).toBeVisible();
    expect(screen.getByText('选填').elements().length).toBe(1);
  });
});
