import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { endOfTerm } from '#domain/file/marked-file.ts';
import { today } from '../words/format.ts';
import { MarkFields, useMarkForm } from './MarkFields.tsx';
import type { UploadMark } from './upload-note.ts';

let taken: UploadMark | null | undefined;

function Fields() {
  const form = useMarkForm();
  return (
    <>
      <MarkFields {...form} />
      <button type="button" onClick={() => (taken = form.take())}>
        选文件
      </button>
    </>
  );
}

it('marks what is chosen with a purpose, a last day that is shown and can be changed, and who opens it', async () => {
  const screen = await render(<Fields />);
  const choose = () => screen.getByRole('button', { name: '选文件' }).click();
  await choose();
  expect(taken).toBeNull();
  await screen.getByRole('checkbox', { name: /涉及未成年人/ }).click();
  const day = screen.getByRole('textbox', { name: /保存到/ });
  await expect.element(day).toHaveValue(endOfTerm(today(), 12));
  await choose();
  expect(taken).toBeUndefined();
  await expect.element(screen.getByText('请先写明用途，再选文件')).toBeVisible();
  await screen.getByRole('textbox', { name: /用途/ }).fill(' 核实活动开展 ');
  await screen.getByRole('combobox', { name: '保存期' }).selectOptions(`6 个月（到 ${endOfTerm(today(), 6)}）`);
  await expect.element(day).toHaveValue(endOfTerm(today(), 6));
  await screen.getByRole('radio', { name: '仅上传人和审核人员' }).click();
  await choose();
  const mark = { sensitive: '涉及未成年人', purpose: '核实活动开展', openers: 'judges' };
  expect(taken).toEqual({ ...mark, keepUntil: endOfTerm(today(), 6) });
  // The files that are chosen next have no mark, and the next mark begins anew.
  await choose();
  expect(taken).toBeNull();
  await screen.getByRole('checkbox', { name: /涉及未成年人/ }).click();
  await expect.element(screen.getByRole('textbox', { name: /用途/ })).toHaveValue('');
  await expect.element(screen.getByRole('radio', { name: '能查看该事项的人员' })).toBeChecked();
  await screen.getByRole('textbox', { name: /用途/ }).fill('核实校舍');
  // A day of one's own is none of the terms; one beyond ten years is refused.
  await day.fill(endOfTerm(today(), 24));
  await expect.element(screen.getByRole('combobox', { name: '保存期' })).toHaveValue('0');
  await choose();
  expect(taken).toMatchObject({ purpose: '核实校舍', openers: 'reach', keepUntil: endOfTerm(today(), 24) });
  await screen.getByRole('checkbox', { name: /涉及未成年人/ }).click();
  await screen.getByRole('textbox', { name: /用途/ }).fill('核实校舍');
  await day.fill(endOfTerm(today(), 200));
  await choose();
  expect(taken).toBeUndefined();
});
