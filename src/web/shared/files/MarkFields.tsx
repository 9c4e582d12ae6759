import { useState } from 'react';
import {
  type FileMark,
  ofMinors,
  openersKeys,
  openersTitles,
  periodFault,
  usualMark,
} from '#domain/file/marked-file.ts';
import { CheckField, ChoiceField, TextField } from '../form/fields.tsx';
import { today } from '../words/format.ts';
import { PeriodFields } from './PeriodFields.tsx';
import type { UploadMark } from './upload-note.ts';

interface Written extends FileMark {
  readonly marked: boolean;
  /** Files were chosen before the purpose was written. */
  readonly lacks: boolean;
}

export interface MarkForm {
  readonly written: Written;
  readonly change: (part: Partial<Written>) => void;
  /** The mark for files that are chosen now; null where they have none, and undefined where it is not written yet. */
  readonly take: () => UploadMark | null | undefined;
}

const nothing = (): Written => ({ ...usualMark(today()), marked: false, lacks: false });

/** What stands in the fields of a mark, until the files that were chosen together have it. */
export function useMarkForm(): MarkForm {
  const [written, setWritten] = useState(nothing);
  const change = (part: Partial<Written>) => setWritten((before) => ({ ...before, ...part }));
  function take(): UploadMark | null | undefined {
    const { marked, keepUntil, openers } = written;
    const purpose = written.purpose.trim();
    if (!marked) return null;
    const isWhole = purpose !== '' && keepUntil !== '' && periodFault(keepUntil, today()) === null;
    // The files that are chosen next are others: they take no mark that nobody wrote for them.
    if (isWhole) setWritten(nothing());
    else change({ lacks: true });
    return isWhole ? { sensitive: ofMinors, purpose, keepUntil, openers } : undefined;
  }
  return { written, change, take };
}

/** Whether the files that are chosen next show or let hear children, and then for what, until when, and who opens them. */
export function MarkFields({ written, change }: Pick<MarkForm, 'written' | 'change'>) {
  const { marked, purpose, keepUntil, openers, lacks } = written;
  return (
    <>
      <CheckField
        label="涉及未成年人的影像或声音"
        help="先勾选，再选择、拖入或粘贴；只管这一次的文件，每次打开都记入审计"
        value={marked}
        onChange={(value) => change({ marked: value })}
      />
      {marked && (
        <>
          <TextField
            label="用途"
            required
            maxLength={200}
            help="打开这些文件是为了什么，如：核实活动开展"
            error={lacks && purpose.trim() === '' ? '请先写明用途，再选文件' : undefined}
            value={purpose}
            onChange={(value) => change({ purpose: value })}
          />
          <PeriodFields value={keepUntil} onChange={(value) => change({ keepUntil: value })} />
          <ChoiceField
            label="谁可以打开"
            value={openers}
            options={openersKeys.map((key) => ({ value: key, label: openersTitles[key] }))}
            onChange={(value) => change({ openers: value })}
          />
          {lacks && purpose.trim() !== '' && (
            <p className="caption" role="alert">
              请先写明保存到哪一天，再选文件
            </p>
          )}
        </>
      )}
    </>
  );
}
